import HCLSyntax

/// A block of Terraform that may describe containers: a resource or the call of a module, once for each instance.
struct TerraformBlock {
    /// The type of the resource, or `module`.
    let type: String
    /// The name.
    let name: String
    /// What stands in it.
    let root: ConfigurationNode
    /// Which instance of several it is, as messages say it.
    let instance: String?
    /// What the call of a module gives to its variables; none for resources.
    var arguments: [String: HCLValue] = [:]
}

/// Reads what may describe containers from the files of one Terraform module.
struct TerraformReader {
    let values: TerraformValues

    /// The most instances of a block that are looked at one by one.
    private static let instanceLimit = 100

    /// Returns the resources of types that a function chooses and the calls of modules of a file.
    ///
    /// - Complexity: O(*n*) in the size of the file, times the instances.
    func blocks(of body: HCLBody, in file: SourceFile, where isOurs: (String) -> Bool) -> [TerraformBlock] {
        body.blocks.flatMap { block -> [TerraformBlock] in
            switch (block.type, block.labels.count) {
            case ("resource", 2) where isOurs(block.labels[0]):
                return instances(of: block, in: file, type: block.labels[0], name: block.labels[1])
            case ("module", 1): return instances(of: block, in: file, type: "module", name: block.labels[0])
            default: return []
            }
        }
    }

    private func instances(of block: HCLBlock, in file: SourceFile, type: String, name: String) -> [TerraformBlock] {
        let tree = TerraformTree(file: file, values: values)
        func made(_ bindings: [String: HCLValue], _ instance: String?) -> TerraformBlock {
            var tree = tree
            tree.bindings = bindings
            let root = ConfigurationNode(.mapping(tree.entries(of: block.body)), block.range)
            var made = TerraformBlock(type: type, name: name, root: root, instance: instance)
            if type == "module" {
                for attribute in block.body.attributes { made.arguments[attribute.name] = tree.value(attribute.value) }
            }
            return made
        }
        if let expression = block.body.attribute("for_each")?.value {
            let source = tree.value(expression)
            guard let pairs = source.pairs, (1...Self.instanceLimit).contains(pairs.count) else {
                return [made(["each": .object([.init("key", .unknown), .init("value", .unknown)])], nil)]
            }
            return pairs.map { key, value in
                // The elements of a set are their own keys.
                let key = source.elements == nil ? key : value
                return made(
                    ["each": .object([.init("key", key), .init("value", value)])],
                    key.text.map { "each.key = \"\($0)\"" }
                )
            }
        }
        if let expression = block.body.attribute("count")?.value {
            guard let count = tree.value(expression).number, (1...Double(Self.instanceLimit)).contains(count) else {
                return [made(["count": .object([.init("index", .unknown)])], nil)]
            }
            return (0..<Int(count))
                .map { made(["count": .object([.init("index", .number(Double($0)))])], "count.index = \($0)") }
        }
        return [made([:], nil)]
    }
}
