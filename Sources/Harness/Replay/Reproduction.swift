import ModelFiles
import PostgresClient
import SafeText
import Scenarios
import ServiceUnderTest
import SourcePlaces

/// The command line that runs one scenario again as it was run, to be pasted into a POSIX shell.
///
/// It holds no secret: a password of the database's address and the shared secret come from variables, and the shell
/// says so where they are not set.
struct Reproduction: Hashable, Sendable {
    /// The line.
    let text: String

    /// Creates the line.
    init(of scenario: Scenario, _ options: RunOptions) {
        var words = ["coldstart", "run", scenario.source.file, "--seed", String(options.seed ?? scenario.seed)]
        var variables = Self.overrides(in: options.environment)
        words += Self.words(of: options.target)
        if case .existing(let address) = options.database {
            words += ["--db", address.description]
            if address.statesPassword { variables.append(Self.required("PGPASSWORD", "password of the database")) }
        }
        if let file = options.schemaFile { words += ["--schema", file] }
        if options.reading.wait > .zero {
            words += ["--wait-rows", "\(Int((options.reading.wait / .milliseconds(1)).rounded()))ms"]
        }
        if let role = options.reading.role { words += ["--as-role", role] }
        words.append("-v")
        switch options.target {
        // To the end of the line.
        case .process(let settings):
            if case .words(let command) = settings.program { words += ["--command"] + command }
        case .remote(let settings):
            if settings.secret != nil { variables.append(Self.required("WEBHOOK_SECRET", "secret of the service")) }
        case .simulated: break
        }
        text = (variables + [ShellCommand(words).description]).joined(separator: " ")
    }

    /// The variables that override single paths of the bundle, as a shell sets them for one command.
    static func overrides(in environment: [String: String]) -> [String] {
        BundlePaths.variables.compactMap { name in
            environment[name].flatMap { $0.isEmpty ? nil : "\(name)=\(ShellCommand.quoted($0))" }
        }
    }

    /// A variable that is passed on, without which the shell stops with a message.
    private static func required(_ name: String, _ meaning: String) -> String { "\(name)=\"${\(name):?\(meaning)}\"" }

    private static func words(of target: RunTarget) -> [String] {
        switch target {
        case .simulated: []
        case .process(let settings):
            switch settings.speed {
            case .automatic: ["--target", "process", "--speed", "auto"]
            case .fixed(let factor): ["--target", "process", "--speed", "\(factor)"]
            }
        case .remote(let settings):
            ["--target", "remote", "--url", "\(settings.url)"] + (settings.keepsRows ? ["--keep-rows"] : [])
        }
    }
}
