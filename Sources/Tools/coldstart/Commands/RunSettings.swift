import ArgumentParser
import PostgresClient
import Replay
import Reports
import Scenarios
import ServiceUnderTest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The settings of a run: options first, then variables, then defaults.
struct RunSettings {
    /// The parsed command line.
    let command: RunCommand
    /// The variables of the process.
    let environment: [String: String]

    /// The options for the runner.
    ///
    /// - Parameter isShard: Whether a shard is run, which goes on after every failure and keeps nothing.
    /// - Returns: The options.
    /// - Throws: The end with code 2 for a variable or an address that makes no sense.
    func options(isShard: Bool = false) throws -> RunOptions {
        if isShard { try checkShard() }
        do {
            let database = try (command.db ?? variable("DB"))?.database ?? .throwAway
            return RunOptions(
                target: try target(),
                database: database,
                seed: try seed(),
                jobs: try command.jobs ?? variable("JOBS") ?? 1,
                timeLimit: (try command.timeLimit ?? variable("TIME_LIMIT"))?.duration,
                continuesOnError: command.continueOnError || isShard,
                environment: environment,
                toolVersion: Version.text,
                reading: RowReading(
                    wait: (try command.waitRows ?? variable("WAIT_ROWS"))?.duration ?? .zero,
                    role: try command.asRole ?? variable("AS_ROLE")
                ),
                schemaFile: command.schema,
                keepsDifferences: command.integration.forbidsWriting || isShard ? nil : PendingKeeper().keep
            )
        } catch let error as PostgresError {
            throw CommandEnd.usage("--db: \(error)")
        }
    }

    /// Refuses what only a whole run can do.
    private func checkShard() throws {
        if command.capsule != nil { throw CommandEnd.usage("--capsule keeps a whole run; leave it out of shards") }
        if try seedArgument() == 0 { throw CommandEnd.usage("--seed 0 draws another seed in every shard; name one") }
        if case .kept? = try (command.db ?? variable("DB"))?.database {
            throw CommandEnd.usage("--db keep leaves a server up for each shard; leave it out of shards")
        }
    }

    /// Decides which reports are written where.
    ///
    /// - Parameter hasServiceLogs: Whether each scenario's service leaves its log in the folder.
    /// - Returns: The plan.
    /// - Throws: The end with code 2 for formats that have nowhere to go.
    func reports(hasServiceLogs: Bool) throws -> ReportPlan {
        let folder: String? = try command.files.reportDir ?? variable("REPORT_DIR")
        let asked: OutputFormats? = try command.format ?? variable("FORMAT")
        let defaults: Set<OutputFormat> = folder == nil ? [.human] : OutputFormat.ofFolders
        let formats = asked?.resolved(from: defaults) ?? defaults
        let files = formats.compactMap(\.file)
        guard folder != nil || formats.count <= 1 else {
            throw CommandEnd.usage("--format with several formats needs --report-dir, the folder for the files")
        }
        return ReportPlan(
            writesForPeople: formats.contains(.human),
            files: Set(files),
            hasPage: formats.contains(.html),
            folder: folder,
            replacesFiles: command.files.force,
            hasServiceLogs: hasServiceLogs,
            verbosity: command.quiet ? .quiet : command.verbose ? .verbose : .normal,
            forbidsColour: command.noColor
        )
    }

    private func target() throws -> RunTarget {
        let chosen = try command.target ?? variable("TARGET") ?? .simulated
        if chosen != .process {
            if command.speed != nil { throw CommandEnd.usage("--speed needs --target process") }
            if !command.command.isEmpty { throw CommandEnd.usage("--command needs --target process") }
        }
        if chosen != .remote {
            if command.url != nil { throw CommandEnd.usage("--url needs --target remote") }
            if command.keepRows { throw CommandEnd.usage("--keep-rows needs --target remote") }
        }
        switch chosen {
        case .simulated: return .simulated
        case .process: return .process(try process())
        case .remote: return .remote(try remote())
        }
    }

    private func remote() throws -> RemoteSettings {
        guard let text: String = try command.url ?? variable("URL") else {
            throw CommandEnd.usage("--target remote needs --url, where the service is")
        }
        guard let database: DatabaseArgument = try command.db ?? variable("DB"),
            case .existing = try database.database
        else {
            throw CommandEnd.usage("--target remote needs --db with the address of the service's own database")
        }
        do throws(ServiceUnderTestError) {
            return RemoteSettings(
                url: try ServiceURL(text),
                secret: environment["WEBHOOK_SECRET"].flatMap { $0.isEmpty ? nil : $0 },
                keepsRows: command.keepRows
            )
        } catch {
            throw CommandEnd.usage("--url: \(error)")
        }
    }

    private func process() throws -> ProcessSettings {
        let speed: SpeedArgument? = try command.speed ?? variable("SPEED")
        if command.command.first?.isEmpty == true { throw CommandEnd.usage("--command begins with an empty word") }
        return ProcessSettings(
            program: command.command.isEmpty ? .coldstart(path: try ownProgram()) : .words(command.command),
            speed: speed?.speed ?? .fixed(1),
            logFolder: try command.files.reportDir ?? variable("REPORT_DIR")
        )
    }

    private func seed() throws -> UInt64? {
        guard let seed = try seedArgument() else { return nil }
        return seed == 0 ? UInt64.random(in: 1...UInt64(UInt32.max)) : seed
    }

    private func seedArgument() throws -> UInt64? { try command.seed ?? variable("SEED") }

    private func variable<Value: ExpressibleByArgument>(_ name: String) throws -> Value? {
        let name = "COLDSTART_" + name
        guard let text = environment[name], !text.isEmpty else { return nil }
        guard let value = Value(argument: text) else {
            throw CommandEnd.usage("\(name): the value makes no sense; 'coldstart help run' says what is expected")
        }
        return value
    }
}
