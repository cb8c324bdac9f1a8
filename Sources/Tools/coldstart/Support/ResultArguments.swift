import ArgumentParser
import Checks
import PostgresClient
import Reports
import ResultStore
import Shards

/// Where results are kept, and under which names: the options that commands with results share.
struct ResultArguments: ParsableArguments {
    @OptionGroup var place: ResultPlace

    @Option(help: ArgumentHelp("The release, for the history (default: the model's fingerprint).", valueName: "name"))
    var release: String?

    @Option(
        help: ArgumentHelp(
            "Tells this run from another one of the same, such as by a build's number.",
            valueName: "name"
        )
    )
    var runName: String?

    func validate() throws {
        for (option, value) in [("release", release), ("run-name", runName)] {
            guard let value, value.isEmpty || value.unicodeScalars.count > 200 else { continue }
            throw ValidationError("--\(option) has from 1 to 200 characters, found \(value.unicodeScalars.count).")
        }
    }

    /// Where results go, looked at before anything else is done.
    ///
    /// - Returns: What writes them; `nil` where none are kept.
    /// - Throws: The end with code 2 for an address or a name that cannot be used.
    func keeper() throws -> ResultKeeper? {
        guard let (address, schema) = try place.database() else { return nil }
        let labels = ResultRecord.Labels(release: release, name: runName)
        return ResultKeeper(writer: ResultWriter(to: address, schema), labels: labels)
    }
}

/// The database of results.
struct ResultPlace: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The database of results, or the name of a variable that holds it (default: COLDSTART_RESULTS, if set).",
            valueName: "url"
        )
    )
    var results: String?

    @Option(help: ArgumentHelp("The schema in it (default: coldstart).", valueName: "name"))
    var resultsSchema: String?

    /// The database and the schema; `nil` where none is named.
    ///
    /// - Throws: The end with code 2 for an address or a name that cannot be used.
    func database() throws -> (PostgresAddress, ResultSchema)? {
        guard let text = try text() else { return nil }
        do {
            return (try PostgresAddress(text), try ResultSchema(resultsSchema ?? ResultSchema.defaultName))
        } catch let error as ResultError {
            throw CommandEnd.usage("--results-schema: \(error)")
        } catch {
            throw CommandEnd.usage("--results: \(error)")
        }
    }

    /// The words that give another command the same place.
    var words: [String] {
        [("--results", results), ("--results-schema", resultsSchema)]
            .flatMap { name, value in value.map { [name, $0] } ?? [] }
    }

    private func text() throws -> String? {
        guard let results else { return processEnvironment["COLDSTART_RESULTS"].flatMap { $0.isEmpty ? nil : $0 } }
        guard results.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else { return results }
        guard let value = processEnvironment[results], !value.isEmpty else {
            throw CommandEnd.usage("--results names the variable \(results), which is not set")
        }
        return value
    }
}

/// Writes what a command found, once that is known.
struct ResultKeeper: Sendable {
    /// What writes.
    let writer: ResultWriter<ContinuousClock>
    /// What the user calls the run.
    let labels: ResultRecord.Labels

    /// Writes what a command found as a whole.
    ///
    /// - Parameters:
    ///   - findings: What was found.
    ///   - shards: The shards that it was merged of; `nil` for what one process did.
    /// - Throws: The end with code 2 or 3 where it cannot be written.
    func keep(_ findings: ResultFindings, mergedOf shards: ShardSet? = nil) async throws {
        let words = ShardWork.words(of: CommandLine.arguments.dropFirst().map(\.self))
        try await keep(
            shards.map { ResultRecord(merged: findings, of: $0, labels: labels) }
                ?? ResultRecord(whole: findings, words: words, labels: labels)
        )
    }

    /// Writes one shard.
    ///
    /// - Parameters:
    ///   - path: Its file.
    ///   - findings: What is the shard's own of the findings.
    /// - Throws: The end with code 2 or 3 where it cannot be written.
    func keep(shard path: String, _ findings: ResultFindings) async throws {
        let file: ShardFile
        do throws(ShardError) {
            file = try ShardFile(path)
        } catch {
            throw CommandEnd.environment("\(error)")
        }
        try await keep(ResultRecord(shard: file, finding: findings, labels: labels))
    }

    /// Writes one shard of what only the whole has figures of.
    ///
    /// - Parameters:
    ///   - path: Its file.
    ///   - subject: What the work is about.
    ///   - fingerprints: The SHA-256 of the model's files.
    /// - Throws: As above.
    func keep(shard path: String, named subject: String, of fingerprints: [String] = []) async throws {
        guard let file = try? ShardFile(path) else {
            throw CommandEnd.environment("\(path): was removed before its results were written")
        }
        let findings = ResultFindings(
            file.header.work.command,
            of: subject,
            fingerprints: Set(fingerprints),
            tool: Version.text
        )
        try await keep(ResultRecord(shard: file, finding: findings, labels: labels))
    }

    private func keep(_ record: ResultRecord) async throws {
        let written = try await withInterruption { [writer] in
            try await withResultErrors("--results: nothing was written: ") { try await writer.write(record) }
        }
        let isShard = record.end == nil
        let what =
            isShard ? "shard \(record.shards[0].index) of \(record.count)" : "results of \(record.findings.command)"
        StandardError.say("\(what): \(written.isNew ? "written to" : "the same as in") run \(written.run)")
    }
}

/// Turns errors of the store into ends of the command.
func withResultErrors<Value>(_ begin: String = "", _ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as ResultError {
        let isMistake = [.badName, .different, .unknown].contains(error.code)
        throw CommandEnd(exitCode: isMistake ? .usage : .environment, message: begin + "\(error)")
    } catch let error as PostgresError {
        throw CommandEnd.environment(begin + "\(error)")
    }
}

extension CommandEnd {
    /// The end of a command that found something and then keeps it: the stronger of both codes.
    ///
    /// - Parameters:
    ///   - code: What the command ends with.
    ///   - keep: Writes the results.
    /// - Throws: The end, unless all passed.
    static func end(_ code: Checks.ExitCode, keeping keep: () async throws -> Void) async throws {
        do {
            try await keep()
        } catch let end as CommandEnd {
            throw CommandEnd(exitCode: .combining([code, end.exitCode]), message: end.message)
        }
        if code != .passed { throw CommandEnd(exitCode: code, message: nil) }
    }
}
