/// Evaluates expressions as far as what it is given says; everything else comes to unknown, never to an error.
///
/// A budget bounds the work of one evaluator, so that lists made of lists made of lists end as unknown.
package final class HCLEvaluator {
    /// What the names of a scope stand for; `nil` for a name that it does not know.
    ///
    /// For `a.b` it is asked for `a.b` first, and then for `a`: it need not compute all that is in `a`.
    package typealias Scope = (_ name: String) -> HCLValue?

    /// The most steps of one evaluator.
    package static let stepLimit = 5_000_000

    private var steps = HCLEvaluator.stepLimit

    /// Creates an evaluator with its whole budget.
    package init() {}

    /// Returns what an expression comes to.
    ///
    /// - Complexity: O(*n*) in the size of the expression and of what it goes through, at most ``stepLimit`` steps.
    package func value(of expression: HCLExpression, in scope: Scope) -> HCLValue {
        guard spend(1) else { return .unknown }
        switch expression.kind {
        case .literal(let value): return value
        case .template(let parts): return template(parts, scope)
        case .tuple(let elements): return .list(elements.map { value(of: $0, in: scope) })
        case .object(let items): return object(items, scope)
        case .variable(let name): return scope(name) ?? .unknown
        case .attribute(let source, let name):
            if case .variable(let root) = source.kind, let value = scope(root + "." + name) { return value }
            return value(of: source, in: scope)[name]
        case .index(let source, let key):
            return Self.element(of: value(of: source, in: scope), at: value(of: key, in: scope))
        case .splat(let source, let steps): return splat(value(of: source, in: scope), steps, scope)
        case .call(let name, let arguments, let spreads): return call(name, arguments, spreads, scope)
        case .unary(let symbol, let operand): return Self.unary(symbol, value(of: operand, in: scope))
        case .binary(let symbol, let left, let right):
            return Self.binary(symbol, value(of: left, in: scope), value(of: right, in: scope))
        case .conditional(let test, let yes, let no):
            switch value(of: test, in: scope).flag {
            case true?: return value(of: yes, in: scope)
            case false?: return value(of: no, in: scope)
            case nil:
                let both = (value(of: yes, in: scope), value(of: no, in: scope))
                return both.0 == both.1 ? both.0 : .unknown
            }
        case .comprehension(let made): return comprehension(made, scope)
        }
    }

    /// Takes from the budget what it costs to go through a value; says whether that was there.
    package func charge(for value: HCLValue) -> Bool { spend(value.weight) }

    /// Takes steps from the budget; says whether they were there.
    private func spend(_ count: Int) -> Bool {
        steps -= min(steps, count)
        return steps > 0
    }

    private func template(_ parts: [HCLExpression.TemplatePart], _ scope: Scope) -> HCLValue {
        // A template of a single interpolation is the value itself, whatever its type.
        if parts.count == 1, case .interpolation(let only) = parts[0] { return value(of: only, in: scope) }
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .interpolation(let inner):
                guard let piece = value(of: inner, in: scope).text else { return .unknown }
                text += piece
            case .directive: return .unknown
            }
            guard text.utf8.count <= HCLValue.weightLimit * 64 else { return .unknown }
        }
        return .string(text)
    }

    private func object(_ items: [HCLExpression.ObjectItem], _ scope: Scope) -> HCLValue {
        var members: [HCLValue.Member] = []
        for item in items {
            guard let key = value(of: item.key, in: scope).text else { return .unknown }
            members.append(HCLValue.Member(key, value(of: item.value, in: scope)))
        }
        return .object(members)
    }

    /// Returns an element of a list, or a member of an object.
    static func element(of source: HCLValue, at key: HCLValue) -> HCLValue {
        switch source.kind {
        case .list(let elements):
            guard let number = key.number, number == number.rounded(), abs(number) < 1e9 else { return .unknown }
            let index = Int(number)
            return elements.indices.contains(index) ? elements[index] : .unknown
        case .object:
            guard let name = key.text else { return .unknown }
            return source[name]
        case .null, .bool, .number, .string, .unknown: return .unknown
        }
    }

    private func splat(_ source: HCLValue, _ steps: [HCLExpression.SplatStep], _ scope: Scope) -> HCLValue {
        let elements: [HCLValue]
        switch source.kind {
        case .unknown: return .unknown
        case .null: return .list([])
        case .list(let list): elements = list
        // Anything else is a list of itself.
        case .bool, .number, .string, .object: elements = [source]
        }
        guard spend(elements.count) else { return .unknown }
        return .list(
            elements.map { element in
                steps.reduce(element) { source, step in
                    switch step {
                    case .attribute(let name): source[name]
                    case .index(let key): Self.element(of: source, at: value(of: key, in: scope))
                    }
                }
            }
        )
    }

    private func comprehension(_ made: HCLExpression.Comprehension, _ scope: Scope) -> HCLValue {
        guard let pairs = value(of: made.source, in: scope).pairs, spend(pairs.count) else { return .unknown }
        var elements: [HCLValue] = []
        var members: [HCLValue.Member] = []
        for (key, element) in pairs {
            let inner: Scope = { name in
                if name == made.valueName { return element }
                return name == made.keyName ? key : scope(name)
            }
            if let condition = made.condition {
                guard let holds = value(of: condition, in: inner).flag else { return .unknown }
                if !holds { continue }
            }
            let result = value(of: made.value, in: inner)
            guard let keyExpression = made.key else {
                elements.append(result)
                continue
            }
            guard let name = value(of: keyExpression, in: inner).text, !made.groups else { return .unknown }
            members.append(HCLValue.Member(name, result))
        }
        return made.key == nil ? .list(elements) : .object(members)
    }

    private func call(
        _ name: String,
        _ expressions: [HCLExpression],
        _ spreads: Bool,
        _ scope: Scope
    ) -> HCLValue {
        var arguments = expressions.map { value(of: $0, in: scope) }
        if spreads, let last = arguments.popLast() {
            guard case .list(let rest) = last.kind else { return .unknown }
            arguments += rest
        }
        guard spend(arguments.reduce(0) { $0 + $1.weight }) else { return .unknown }
        return HCLFunction.named(name)?(arguments) ?? .unknown
    }
}

extension HCLValue {
    /// The keys or indices with what they stand for, as `for` and `for_each` go through a value; `nil` where it is not
    /// known or cannot be gone through.
    package var pairs: [(key: HCLValue, value: HCLValue)]? {
        switch kind {
        case .list(let elements): elements.enumerated().map { (.number(Double($0)), $1) }
        case .object(let members): members.map { (.string($0.key), $0.value) }
        case .null, .bool, .number, .string, .unknown: nil
        }
    }
}
