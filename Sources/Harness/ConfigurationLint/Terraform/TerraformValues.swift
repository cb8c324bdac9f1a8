import HCLSyntax

/// What the variables and locals of a Terraform module come to, as far as its files say it.
///
/// A variable is its default, completed by what `optional()` says in its type; without a default it is unknown.
final class TerraformValues {
    /// A variable as it is declared.
    struct Variable {
        /// Its type.
        var type: HCLType = .any
        /// Its default, or what it is given; `nil` without either.
        var defaultValue: HCLValue?
        /// Whether a caller can give it null.
        var isNullable = true
    }

    let evaluator = HCLEvaluator()
    private var variables: [String: Variable] = [:]
    private var locals: [String: HCLExpression] = [:]
    private var known: [String: HCLValue] = [:]
    private var open: Set<String> = []

    /// The most locals that may stand on each other.
    private static let depthLimit = 60

    /// Takes the variables and locals that a file declares.
    ///
    /// - Complexity: O(*n*) in the size of the file.
    func add(_ body: HCLBody) {
        for block in body.blocks("variable") {
            guard let name = block.labels.first else { continue }
            let type = block.body.attribute("type").map { HCLType($0.value) } ?? .any
            let value = block.body.attribute("default").map { evaluator.value(of: $0.value) { _ in nil } }
            let isNullable = block.body.attribute("nullable")
                .flatMap { evaluator.value(of: $0.value) { _ in nil }.flag }
            variables[name] = Variable(type: type, defaultValue: value, isNullable: isNullable ?? true)
        }
        for block in body.blocks("locals") {
            for attribute in block.body.attributes { locals[attribute.name] = attribute.value }
        }
    }

    /// Takes a variable or a local that stands in a JSON file.
    func add(variable name: String, default value: HCLValue?) {
        variables[name] = Variable(defaultValue: value)
    }

    /// Takes a local that stands in a JSON file.
    func add(local name: String, _ value: HCLValue) {
        known["local." + name] = value
    }

    /// Takes what a file of variables gives.
    func assign(_ body: HCLBody) {
        for attribute in body.attributes {
            variables[attribute.name, default: Variable()].defaultValue =
                evaluator.value(of: attribute.value) { _ in nil }
        }
    }

    /// Whether a call of the module says what its variables are, so that no other caller counts.
    private(set) var areCalled = false

    /// Takes the arguments of a call; variables that it leaves out keep their defaults.
    func call(with arguments: [String: HCLValue]) {
        areCalled = true
        for (name, value) in arguments {
            guard let variable = variables[name], value.kind != .null || variable.isNullable else { continue }
            variables[name]?.defaultValue = value
        }
    }

    /// Returns what `var.NAME` or `local.NAME` comes to; `nil` for any other name.
    func lookup(_ name: String) -> HCLValue? {
        if let value = known[name] { return value }
        let parts = name.split(separator: ".", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let member = String(parts[1])
        let value: HCLValue
        switch parts[0] {
        case "var":
            guard let variable = variables[member] else { return .unknown }
            value = variable.defaultValue.map(variable.type.completed) ?? .unknown
        case "local":
            guard let expression = locals[member], open.count < Self.depthLimit, open.insert(name).inserted else {
                return .unknown
            }
            value = evaluator.value(of: expression) { self.lookup($0) }
            open.remove(name)
        default: return nil
        }
        known[name] = value
        return value
    }
}
