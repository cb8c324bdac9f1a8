import HCLSyntax

/// Makes positioned trees of Terraform's blocks: expressions evaluated, `dynamic` blocks written out.
struct TerraformTree {
    let file: SourceFile
    let values: TerraformValues
    /// What names stand for here beside variables and locals: `each`, `count` and the iterators of dynamic blocks.
    var bindings: [String: HCLValue] = [:]

    /// The most blocks that one dynamic block is written out to.
    private static let expansionLimit = 100

    /// Returns the entries of a body: attributes and blocks, in their order.
    ///
    /// - Complexity: O(*n*) in the size of the body, times what dynamic blocks repeat.
    func entries(of body: HCLBody) -> [ConfigurationEntry] {
        body.items.flatMap { item -> [ConfigurationEntry] in
            switch item {
            case .attribute(let attribute):
                let value = node(attribute.value)
                // Null stands for an attribute that is not there.
                guard !value.isNull else { return [] }
                var entry = entry(attribute.name, at: attribute.nameRange, value)
                entry.variesByInstance = attribute.value.mentions(["each", "count"])
                return [entry]
            case .block(let block) where block.type == "dynamic": return expanded(block)
            case .block(let block):
                let value = ConfigurationNode(.mapping(entries(of: block.body)), block.range)
                return [entry(block.type, at: block.typeRange, value)]
            }
        }
    }

    /// Returns what an expression comes to, with the places of its parts where they are written in it.
    func node(_ expression: HCLExpression) -> ConfigurationNode {
        switch expression.kind {
        case .tuple(let elements):
            return ConfigurationNode(.list(elements.map { node($0) }), expression.range)
        case .object(let items):
            let entries = items.compactMap { item -> ConfigurationEntry? in
                guard let key = value(item.key).text else { return nil }
                let value = node(item.value)
                return value.isNull ? nil : entry(key, at: item.key.range, value)
            }
            return ConfigurationNode(.mapping(entries), expression.range)
        case .call("jsonencode", let arguments, false) where arguments.count == 1,
            .call("yamlencode", let arguments, false) where arguments.count == 1:
            // What reads the text reads the value again.
            return node(arguments[0])
        default:
            let value = value(expression)
            return node(values.evaluator.charge(for: value) ? value : .unknown, expression)
        }
    }

    /// Returns what an expression comes to.
    func value(_ expression: HCLExpression) -> HCLValue {
        values.evaluator.value(of: expression) { name in
            if let bound = bindings[name] { return bound }
            let parts = name.split(separator: ".", maxSplits: 1)
            if parts.count == 2, let bound = bindings[String(parts[0])] { return bound[String(parts[1])] }
            return values.lookup(name)
        }
    }

    /// Returns a value as a tree all of which stands where the expression does.
    private func node(_ value: HCLValue, _ expression: HCLExpression) -> ConfigurationNode {
        let range = expression.range
        switch value.kind {
        case .null: return ConfigurationNode(.null, range)
        case .unknown: return ConfigurationNode(.unknown(file.text(range)), range)
        case .list(let elements): return ConfigurationNode(.list(elements.map { node($0, expression) }), range)
        case .object(let members):
            let entries = members.filter { $0.value.kind != .null }
                .map { entry($0.key, at: range, node($0.value, expression)) }
            return ConfigurationNode(.mapping(entries), range)
        case .bool, .number, .string:
            let text = value.text ?? ""
            let isQuoted = if case .string = value.kind { true } else { false }
            let written = file.text(range)
            let isWritten = written == (isQuoted ? "\"\(text)\"" : text)
            let scalar = ConfigurationScalar(text: text, isQuoted: isQuoted, isWritten: isWritten)
            return ConfigurationNode(.scalar(scalar), range)
        }
    }

    private func entry(_ key: String, at range: Range<Int>, _ value: ConfigurationNode) -> ConfigurationEntry {
        ConfigurationEntry(name: CanonicalName.of(key), key: key, keyRange: range, value: value)
    }

    /// Writes a dynamic block out; once and as a condition where it is not known for what.
    private func expanded(_ block: HCLBlock) -> [ConfigurationEntry] {
        guard let type = block.labels.first, let content = block.body.blocks("content").first else { return [] }
        var iterator = type
        if case .variable(let name) = block.body.attribute("iterator")?.value.kind { iterator = name }
        func made(_ key: HCLValue, _ element: HCLValue, isConditional: Bool) -> ConfigurationEntry {
            var inner = self
            inner.bindings[iterator] = .object([.init("key", key), .init("value", element)])
            let value = ConfigurationNode(.mapping(inner.entries(of: content.body)), content.range)
            var entry = entry(type, at: block.typeRange, value)
            entry.isConditional = isConditional
            return entry
        }
        let expression = block.body.attribute("for_each")?.value
        let source = expression.map { value($0) } ?? .unknown
        // Nothing by a variable's default is something where a caller sets the variable.
        let isLeftToCaller =
            !values.areCalled && source.pairs?.isEmpty ?? true && expression?.mentions(["var"]) ?? true
        guard let pairs = source.pairs, pairs.count <= Self.expansionLimit, !isLeftToCaller else {
            return [made(.unknown, .unknown, isConditional: true)]
        }
        return pairs.map { made($0.key, $0.value, isConditional: false) }
    }
}
