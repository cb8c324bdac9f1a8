import ArgumentParser
import LinearAlgebra
import PostgresClient
import Replay
import Reports

/// `coldstart doctor`: what this machine has, what it lacks, and which settings are in force.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what this machine has and lacks, and opens a bundle; starts and stops a server.",
        usage: "coldstart doctor [<options>]",
        discussion: """
            EXAMPLES
              coldstart doctor
              coldstart doctor --bundle models
            """
    )

    @Option(help: ArgumentHelp("The model bundle to look into.", valueName: "folder"))
    var bundle = "scenarios/bundle"

    @Option(help: ArgumentHelp("A database to connect to in place of a throw-away server.", valueName: "url"))
    var db: String?

    func run() async throws {
        let console = Console()
        let progress = ProgressDisplay(unit: "looks")
        defer { progress.end() }
        let findings = try await withInterruption { [bundle, db] in
            await Diagnosis(bundle: bundle, database: db, environment: processEnvironment)
                .findings { done, total, subject in progress.show(done, of: total, name: subject) }
        }
        progress.end()
        for finding in findings { try console.write(finding.lines(width: console.style.columns)) }
        let lacking = findings.count { $0.state == .lacking }
        if lacking > 0 {
            throw CommandEnd.environment(
                "\(Figures.count(lacking, "thing")) above \(lacking == 1 ? "is" : "are") missing or cannot be used"
            )
        }
    }
}

/// One thing that `doctor` looked at.
struct Finding: Sendable {
    /// What came of looking.
    enum State: Sendable {
        /// It is there.
        case present
        /// It is missing, and needed.
        case lacking
    }

    /// What was looked at.
    let subject: String
    /// Whether it is there.
    let state: State
    /// What was found, or what is wrong and how to mend it; further lines are details.
    let words: [String]

    /// Lays the finding out.
    ///
    /// - Parameter width: The columns that a line may take.
    /// - Returns: The lines.
    func lines(width: Int) -> [StyledLine] {
        var head = StyledLine(state == .present ? "✓ " : "✗ ", state == .present ? .good : .bad)
        head.append(subject.padding(to: 15), .strong)
        let indentation = 17
        let wrapped = words.flatMap { StyledLine.wrapping($0, columns: width - indentation) }
        guard let first = wrapped.first else { return [head] }
        for span in first.spans { head.append(span.text, span.role) }
        return [head] + wrapped.dropFirst().map { $0.indented(by: indentation) }
    }
}

extension String {
    fileprivate func padding(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - count))
    }
}
