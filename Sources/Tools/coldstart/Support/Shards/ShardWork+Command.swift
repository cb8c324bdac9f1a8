import Domain
import SafeText
import Scenarios
import Shards

extension ShardWork {
    /// The options that say which shard is done, how, and where results go, each with a value: they are no part of the work.
    private static let shardOptions = ["--shard", "--output", "--order", "--times", "--results", "--results-schema"]

    /// Describes the work of a command of this process.
    ///
    /// - Parameters:
    ///   - command: The command's name.
    ///   - files: What is read, by name: paths; `nil` where a file is not named.
    ///   - settings: What else changes results.
    /// - Throws: `ScenarioError` for a file that cannot be read; the end with code 2 for a pipe.
    init(_ command: String, reading files: [String: String?], settings: [String: String] = [:]) throws {
        var fingerprints: [String: String] = [:]
        for (name, path) in files {
            guard let path else { continue }
            guard !InputFile.isStream(path) else {
                throw CommandEnd.usage("--shard: \(path) is a pipe, which no other shard can read; make it a file")
            }
            fingerprints[name] = try Self.fingerprint(of: path)
        }
        self.init(
            command: command,
            words: Self.words(of: CommandLine.arguments.dropFirst(2).map(\.self)),
            tool: Version.text,
            files: fingerprints,
            settings: settings
        )
    }

    /// Adds the fingerprints of a bundle's files, by their names in its layout.
    mutating func add(_ bundle: [String: String], as name: String) {
        for (file, fingerprint) in bundle { files["\(name)/\(file)"] = fingerprint }
    }

    /// The words of a command without those that say which shard is done, and without secrets.
    static func words(of arguments: [String]) -> [String] {
        var words: [String] = []
        var skips = false
        var isRest = false
        for word in arguments {
            if skips {
                skips = false
            } else if !isRest, shardOptions.contains(word) {
                skips = true
            } else if !isRest, shardOptions.contains(where: { word.hasPrefix($0 + "=") }) {
                continue
            } else {
                // What follows is the command of a service, word by word.
                if word == "--command" { isRest = true }
                words.append(Redaction.ofProcess.removed(from: word))
            }
        }
        return words
    }

    /// XXH64 of a file.
    private static func fingerprint(of path: String) throws(ScenarioError) -> String {
        var file = try InputFile(path)
        var hash = XXHash64()
        while true {
            let bytes = try file.read(1 << 20)
            if bytes.isEmpty { return "xxh64 \(hash.text)" }
            bytes.withUnsafeBytes { hash.update($0) }
        }
    }
}

extension P5Settings {
    /// The settings that change results, in words that are the same in every process.
    var identity: String {
        var settings = self
        settings.threads = nil
        settings.batch = 1
        return "\(settings)"
    }
}
