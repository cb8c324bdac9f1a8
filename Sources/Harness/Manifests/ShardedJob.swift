import SafeText

/// One command of Coldstart, divided into shards, with what every engine has to know of it.
package struct ShardedJob: Hashable, Sendable {
    /// The commands that can be divided.
    private static let commands = ["run", "rank", "compare", "check", "sweep"]

    /// The name, a label of DNS (RFC 1123).
    package let name: String
    /// How many shards there are.
    package let shards: Int
    /// The command and its arguments, without the program.
    package let command: [String]
    /// The folder of the shards' files.
    package let results: String
    /// How often a shard is tried again.
    package let retries: Int
    /// What each shard may take.
    package let resources: ShardResources
    /// The variables that hold secrets.
    package let secrets: [SecretReference]

    /// Creates a job.
    ///
    /// - Parameters:
    ///   - name: At most 49 characters, for engines put more behind it.
    ///   - shards: From 2 to 10,000.
    ///   - command: `run`, `rank`, `compare`, `check` or `sweep` with its arguments; the share and the folder of its
    ///     results are the engine's to add.
    ///   - results: A folder.
    ///   - retries: From 0 to 10.
    ///   - resources: What each shard may take.
    ///   - secrets: The variables that hold secrets, each once.
    /// - Throws: ``ManifestError`` (`badValue`, `literalSecret`); its message shows no argument that holds a password.
    package init(
        name: String,
        shards: Int,
        command: [String],
        results: String,
        retries: Int,
        resources: ShardResources,
        secrets: [SecretReference]
    ) throws(ManifestError) {
        guard Self.isLabel(name) else {
            throw ManifestError(.badValue, "the name is 1 to 49 of a-z, 0-9 and -, and begins with a letter")
        }
        guard (2...10_000).contains(shards) else {
            throw ManifestError(.badValue, "shards are from 2 to 10000, found \(shards)")
        }
        guard (0...10).contains(retries) else {
            throw ManifestError(.badValue, "retries are from 0 to 10, found \(retries)")
        }
        guard let first = command.first, Self.commands.contains(first) else {
            throw ManifestError(
                .badValue,
                "no command that can be divided stands behind --: expected one of "
                    + "\(Self.commands.joined(separator: ", ")) with its arguments"
            )
        }
        for (index, argument) in command.enumerated() {
            guard AddressText(argument).secrets.isEmpty else {
                throw ManifestError(
                    .literalSecret,
                    "argument \(index) of \(first) holds a password, which would stand in the manifest; leave it out of "
                        + "the address and give it by --secret PGPASSWORD=REFERENCE"
                )
            }
            let option = argument.split(separator: "=", maxSplits: 1).first.map(String.init) ?? argument
            if ["--shard", "--output"].contains(option) {
                throw ManifestError(.badValue, "leave \(option) out of the command: the manifest sets it")
            }
        }
        for text in command + [results]
        where text.unicodeScalars.contains(where: Self.endsLines) {
            throw ManifestError(.badValue, "an argument holds a line end or another control character")
        }
        guard !results.isEmpty, !results.hasPrefix("-") else {
            throw ManifestError(.badValue, "the folder of results is a path, found \"\(results)\"")
        }
        var names: Set<String> = []
        for secret in secrets where !names.insert(secret.variable).inserted {
            throw ManifestError(.badValue, "the secret \(secret.variable) is given twice")
        }
        self.name = name
        self.shards = shards
        self.command = command
        self.results = results
        self.retries = retries
        self.resources = resources
        self.secrets = secrets
    }

    /// The arguments of each shard; which one it is, the engine's variables tell it.
    var shardArguments: [String] { command + ["--output", results] }

    /// The arguments of the merge.
    var mergeArguments: [String] { ["merge", results] }

    /// The first lines of each text, comments: what is divided, what each part takes, and the commands that begin it.
    ///
    /// - Parameters:
    ///   - commands: The commands.
    ///   - part: What the engine calls a part.
    /// - Returns: The lines.
    func headLines(_ commands: [String], of part: String = "shard") -> [String] {
        [
            "# \(shards) \(part)s of: coldstart \(ShellCommand(command))",
            "# Resources of each \(part): \(resources.origin).",
            "#",
        ] + commands.map { "#   \($0)" }
    }

    /// The variables of a shard's container: the count, and the secrets.
    var variables: [YAMLNode] {
        [.map([("name", .text("COLDSTART_SHARDS")), ("value", .text("\(shards)"))])] + secrets.map(\.variableNode)
    }

    /// The variables of the merge's container: the database of results, where shards write to one, with what libpq
    /// reads.
    var mergeVariables: [YAMLNode] { mergeSecrets.map(\.variableNode) }

    /// The secrets that the merge needs.
    var mergeSecrets: [SecretReference] {
        guard secrets.contains(where: { $0.variable == "COLDSTART_RESULTS" }) else { return [] }
        return secrets.filter { $0.variable == "COLDSTART_RESULTS" || $0.variable.hasPrefix("PG") }
    }

    /// Whether some reader of a manifest would take it for the end of a line, or refuse it.
    private static func endsLines(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127...159).contains(scalar.value) || [0x2028, 0x2029].contains(scalar.value)
    }

    private static func isLabel(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...49).contains(bytes.count), let first = bytes.first, (97...122).contains(first),
            bytes.last != UInt8(ascii: "-")
        else { return false }
        return bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }
}

extension SecretReference {
    /// The variable of a container that reads the secret.
    fileprivate var variableNode: YAMLNode {
        let reference = YAMLNode.map([("name", .text(name)), ("key", .text(part))])
        return .map([("name", .text(variable)), ("valueFrom", .map([("secretKeyRef", reference)]))])
    }
}
