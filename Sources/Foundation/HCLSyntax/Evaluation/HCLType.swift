/// A type constraint of a Terraform variable, with what `optional()` says.
///
/// See <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>.
package indirect enum HCLType: Hashable, Sendable {
    /// An attribute of an object.
    package struct Attribute: Hashable, Sendable {
        /// The name.
        package let name: String
        /// The type.
        package let type: HCLType
        /// Whether it may be left out.
        package let isOptional: Bool
        /// What it is where it is left out; null where `optional()` gives nothing.
        package let defaultValue: HCLValue
    }

    /// Any value as it is: primitive types, `any`, and what cannot be read.
    case any
    /// A list, a set or a map of one type.
    case collection(HCLType)
    /// An object of known attributes.
    case object([Attribute])

    /// Reads a type from the expression that states it.
    package init(_ expression: HCLExpression) {
        guard case .call(let name, let arguments, _) = expression.kind, let argument = arguments.first else {
            self = .any
            return
        }
        switch name {
        case "list", "set", "map": self = .collection(HCLType(argument))
        case "optional": self = HCLType(argument)
        case "object":
            guard case .object(let items) = argument.kind else {
                self = .any
                return
            }
            self = .object(items.map(Self.attribute))
        default: self = .any
        }
    }

    private static func attribute(_ item: HCLExpression.ObjectItem) -> Attribute {
        var isOptional = false
        var defaultValue = HCLValue.null
        if case .call("optional", let arguments, _) = item.value.kind {
            isOptional = true
            // Only constants may stand here.
            if arguments.count > 1 { defaultValue = HCLEvaluator().value(of: arguments[1]) { _ in nil } }
        }
        return Attribute(
            name: item.key.plainText ?? "",
            type: HCLType(item.value),
            isOptional: isOptional,
            defaultValue: defaultValue
        )
    }

    /// Returns a value with what `optional()` puts in where attributes are left out.
    ///
    /// - Complexity: O(*n*) in the size of the value and the type.
    package func completed(_ value: HCLValue) -> HCLValue {
        switch (self, value.kind) {
        case (.collection(let type), .list(let elements)): return .list(elements.map(type.completed))
        case (.collection(let type), .object(let members)):
            return .object(members.map { HCLValue.Member($0.key, type.completed($0.value)) })
        case (.object(let attributes), .object):
            return .object(
                attributes.map { attribute in
                    let given = value[attribute.name]
                    // Null counts as left out.
                    let value = given.kind == .null && attribute.isOptional ? attribute.defaultValue : given
                    return HCLValue.Member(attribute.name, attribute.type.completed(value))
                }
            )
        default: return value
        }
    }
}
