/// An expression of HCL with the bytes that it takes.
///
/// See <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>, "Expressions".
package struct HCLExpression: Hashable, Sendable {
    /// The kinds of expressions.
    package indirect enum Kind: Hashable, Sendable {
        /// A number, a truth value or null.
        case literal(HCLValue)
        /// A quoted text or a heredoc, in parts.
        case template([TemplatePart])
        /// `[a, b]`.
        case tuple([HCLExpression])
        /// `{a = b}`.
        case object([ObjectItem])
        /// A name that a scope may know.
        case variable(String)
        /// `a.name`.
        case attribute(HCLExpression, String)
        /// `a[b]`.
        case index(HCLExpression, HCLExpression)
        /// `a[*].name`: steps that are taken from each element.
        case splat(HCLExpression, [SplatStep])
        /// `name(a, b)`; the last argument is spread where `...` follows it.
        case call(String, [HCLExpression], spreads: Bool)
        /// `!a` or `-a`.
        case unary(String, HCLExpression)
        /// `a + b` and the like.
        case binary(String, HCLExpression, HCLExpression)
        /// `a ? b : c`.
        case conditional(HCLExpression, HCLExpression, HCLExpression)
        /// `[for …]` or `{for …}`.
        case comprehension(Comprehension)
    }

    /// A part of a template.
    package enum TemplatePart: Hashable, Sendable {
        /// Text as it stands, escapes resolved.
        case text(String)
        /// `${…}`.
        case interpolation(HCLExpression)
        /// `%{…}`, whose effect is not evaluated.
        case directive
    }

    /// A key with its value in an object.
    package struct ObjectItem: Hashable, Sendable {
        /// The key; a bare word is a text.
        package let key: HCLExpression
        /// The value.
        package let value: HCLExpression
    }

    /// A step from each element of a list.
    package enum SplatStep: Hashable, Sendable {
        /// `.name`.
        case attribute(String)
        /// `[b]`.
        case index(HCLExpression)
    }

    /// A list or an object made from another.
    package struct Comprehension: Hashable, Sendable {
        /// The name of the key or the index, where it has one.
        package let keyName: String?
        /// The name of the element.
        package let valueName: String
        /// What is gone through.
        package let source: HCLExpression
        /// The key of each member; `nil` where a list is made.
        package let key: HCLExpression?
        /// The value of each element.
        package let value: HCLExpression
        /// Which elements count.
        package let condition: HCLExpression?
        /// Whether members with one key are put together in lists.
        package let groups: Bool
    }

    /// What the expression is.
    package let kind: Kind
    /// Its bytes in the file.
    package let range: Range<Int>

    /// Creates an expression.
    init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    /// Reads a text as it stands between quotes, with its interpolations; `nil` where it is none.
    ///
    /// - Complexity: O(*n*).
    package static func template(_ text: String) -> HCLExpression? {
        var parser = HCLParser(Array(text.utf8))
        return try? parser.template()
    }

    /// The text of a template without any interpolation, `nil` for all else.
    package var plainText: String? {
        guard case .template(let parts) = kind else { return nil }
        var text = ""
        for part in parts {
            guard case .text(let piece) = part else { return nil }
            text += piece
        }
        return text
    }

    /// The quoted texts and heredocs in the expression, outer ones before inner ones.
    ///
    /// - Complexity: O(*n*) in the size of the expression.
    package var templates: [HCLExpression] {
        switch kind {
        case .literal, .variable: []
        case .template(let parts):
            [self]
                + parts.flatMap { part -> [HCLExpression] in
                    if case .interpolation(let inner) = part { inner.templates } else { [] }
                }
        case .tuple(let elements), .call(_, let elements, _): elements.flatMap(\.templates)
        case .object(let items): items.flatMap { $0.value.templates }
        case .attribute(let source, _), .unary(_, let source), .splat(let source, _): source.templates
        case .index(let left, let right), .binary(_, let left, let right): left.templates + right.templates
        case .conditional(let test, let yes, let no): test.templates + yes.templates + no.templates
        case .comprehension(let made): made.source.templates + made.value.templates
        }
    }

    /// Whether one of these names is used anywhere in the expression.
    ///
    /// - Complexity: O(*n*) in the size of the expression.
    package func mentions(_ names: Set<String>) -> Bool {
        switch kind {
        case .literal: false
        case .template(let parts):
            parts.contains { if case .interpolation(let part) = $0 { part.mentions(names) } else { false } }
        case .tuple(let elements): elements.contains { $0.mentions(names) }
        case .object(let items): items.contains { $0.key.mentions(names) || $0.value.mentions(names) }
        case .variable(let name): names.contains(name)
        case .attribute(let source, _), .unary(_, let source): source.mentions(names)
        case .index(let source, let key): source.mentions(names) || key.mentions(names)
        case .splat(let source, _): source.mentions(names)
        case .call(_, let arguments, _): arguments.contains { $0.mentions(names) }
        case .binary(_, let left, let right): left.mentions(names) || right.mentions(names)
        case .conditional(let test, let yes, let no):
            test.mentions(names) || yes.mentions(names) || no.mentions(names)
        case .comprehension(let made):
            made.source.mentions(names) || made.value.mentions(names) || made.key?.mentions(names) ?? false
        }
    }
}
