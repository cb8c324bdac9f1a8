import Shards

/// A variable of the job whose value an engine takes from where it keeps secrets.
package struct SecretReference: Hashable, Sendable {
    /// Where an engine keeps secrets, and how one is named there.
    package enum Keeper: Sendable {
        /// A Secret of Kubernetes: `SECRET:KEY`.
        case kubernetes
        /// Secret Manager: `SECRET:VERSION`.
        case secretManager
        /// A file that the job's user alone can read: its absolute path.
        case file

        /// What a reference looks like.
        package var expectation: String {
            switch self {
            case .kubernetes: "SECRET:KEY, the name of a Secret and a key in it"
            case .secretManager: "SECRET:VERSION, a name in Secret Manager and latest or a number"
            case .file: "the absolute path of a file that holds it"
            }
        }
    }

    /// The name of the variable.
    package let variable: String
    /// The secret's name, or the path of its file.
    package let name: String
    /// The key in it, or its version; empty for a file.
    package let part: String

    /// Reads `VARIABLE=REFERENCE`.
    ///
    /// - Parameters:
    ///   - text: The text, which is never repeated: it may be the secret itself.
    ///   - keeper: What the reference is to be.
    /// - Throws: ``ManifestError`` (`literalSecret`) where it is no reference, `badValue` for a bad name.
    package init(_ text: String, in keeper: Keeper) throws(ManifestError) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
            throw ManifestError(
                .badValue,
                "a secret is VARIABLE=REFERENCE, and the reference is \(keeper.expectation); what was given is not shown"
            )
        }
        let variable = String(halves[0])
        guard !ShardSource.variables.contains(variable) else {
            throw ManifestError(.badValue, "the variable \(variable) tells a shard which it is; it is no secret")
        }
        let reference = String(halves[1])
        let matched: (name: Substring, part: Substring)? =
            switch keeper {
            case .kubernetes:
                reference.wholeMatch(of: /([a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?):([-._A-Za-z0-9]{1,253})/)
                    .map { ($0.1, $0.2) }
            case .secretManager:
                reference.wholeMatch(of: /([A-Za-z0-9_-]{1,255}):(latest|[0-9]+)/).map { ($0.1, $0.2) }
            case .file:
                reference.wholeMatch(of: /\/[^\p{Cc}]*[^\p{Cc}\/]/).map { ($0.0, "") }
            }
        guard let matched else {
            throw ManifestError(
                .literalSecret,
                "\(variable) is given by something that is no reference (it is not shown); expected \(keeper.expectation)"
            )
        }
        self.variable = variable
        name = String(matched.name)
        part = String(matched.part)
    }
}
