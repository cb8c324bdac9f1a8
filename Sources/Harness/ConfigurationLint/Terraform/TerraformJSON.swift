import HCLSyntax

/// Reads Terraform's JSON form, in which blocks are objects or lists of objects and expressions stand in quotes.
///
/// See <https://developer.hashicorp.com/terraform/language/syntax/json>.
struct TerraformJSON {
    let values: TerraformValues

    /// Takes the variables and locals of a file.
    func addValues(of root: ConfigurationNode) {
        for entry in members(of: root, "variable") {
            let value = entry.value.elements.first ?? entry.value
            values.add(variable: entry.key, default: value["default"].map(Self.value))
        }
        for block in root.all(["locals"]) {
            for entry in block.node.entries { values.add(local: entry.key, evaluated(entry.value).1) }
        }
    }

    /// Returns the resources of types that a function chooses and the calls of modules.
    func blocks(of root: ConfigurationNode, where isOurs: (String) -> Bool) -> [TerraformBlock] {
        let resources = members(of: root, "resource").filter { isOurs($0.key) }
            .flatMap { type in
                (type.value.elements.isEmpty ? [type.value] : type.value.elements).flatMap(\.entries)
                    .map { block(type.key, $0) }
            }
        return resources + members(of: root, "module").map { block("module", $0) }
    }

    /// The entries of all objects under a key.
    private func members(of root: ConfigurationNode, _ name: String) -> [ConfigurationEntry] {
        root.all([name]).flatMap(\.node.entries)
    }

    private func block(_ type: String, _ entry: ConfigurationEntry) -> TerraformBlock {
        let body = entry.value.elements.first ?? entry.value
        let (root, value) = evaluated(body)
        var made = TerraformBlock(type: type, name: entry.key, root: root, instance: nil)
        if type == "module", case .object(let members) = value.kind {
            for member in members { made.arguments[member.key] = member.value }
        }
        return made
    }

    /// Returns a tree with the spelling of the APIs and evaluated texts, and the value that it comes to.
    private func evaluated(_ node: ConfigurationNode) -> (ConfigurationNode, HCLValue) {
        switch node.kind {
        case .mapping(let entries):
            var made: [ConfigurationEntry] = []
            var members: [HCLValue.Member] = []
            for entry in entries where !entry.value.isNull {
                let (child, value) = evaluated(entry.value)
                members.append(.init(entry.key, value))
                made.append(
                    ConfigurationEntry(
                        name: CanonicalName.of(entry.key),
                        key: entry.key,
                        keyRange: entry.keyRange,
                        value: child
                    )
                )
            }
            return (ConfigurationNode(.mapping(made), node.range), .object(members))
        case .list(let elements):
            let made = elements.map(evaluated)
            return (ConfigurationNode(.list(made.map(\.0)), node.range), .list(made.map(\.1)))
        case .unknown(let text):
            let inner = text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text
            guard let expression = HCLExpression.template(inner) else { return (node, .unknown) }
            let value = values.evaluator.value(of: expression) { values.lookup($0) }
            guard let written = value.text else { return (node, value) }
            let scalar = ConfigurationScalar(text: written, isQuoted: true, isWritten: false)
            return (ConfigurationNode(.scalar(scalar), node.range), value)
        case .scalar, .null: return (node, Self.value(node))
        }
    }

    private static func value(_ node: ConfigurationNode) -> HCLValue {
        switch node.kind {
        case .mapping(let entries): .object(entries.map { .init($0.key, value($0.value)) })
        case .list(let elements): .list(elements.map(value))
        case .null: .null
        case .unknown: .unknown
        case .scalar(let scalar) where scalar.isQuoted: .string(scalar.text)
        case .scalar(let scalar):
            switch scalar.text {
            case "true", "false": .bool(scalar.text == "true")
            default: Double(scalar.text).map { .number($0) } ?? .string(scalar.text)
            }
        }
    }
}
