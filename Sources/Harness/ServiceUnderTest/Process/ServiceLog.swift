import ContainerPlatform
import Domain
import Observations

/// What a process writes: its lines, its errors, and what it says of its stages.
struct ServiceLog {
    /// What a line says of the stages of initialisation.
    struct StageLine: Hashable {
        /// What happened.
        let event: TimelineEvent
        /// The stage that has finished, where one has.
        let finished: InitialisationStage?
    }

    private var capture: LogCapture
    private var errors = ErrorLines()
    private var isOutputOpen = true
    private var isErrorsOpen = true
    private let speed: Double

    /// Creates a log without lines.
    ///
    /// - Parameters:
    ///   - capture: Keeps the lines.
    ///   - speed: How many seconds of the scenario pass in one real second.
    init(_ capture: LogCapture, speed: Double) {
        self.capture = capture
        self.speed = speed
    }

    /// The first lines that call themselves errors.
    var errorLines: [LoggedLine] { errors.lines }

    /// Why the file does not hold every line, `nil` where it does.
    var failure: ServiceUnderTestError? { capture.failure }

    /// The pipes of a process that have not come to their end.
    func openPipes(of process: ServiceProcess) -> [Int32] {
        (isOutputOpen ? [process.output] : []) + (isErrorsOpen ? [process.errors] : [])
    }

    /// Reads what the process has written; returns what that says of its stages.
    mutating func read(_ process: ServiceProcess, at now: Duration) -> [StageLine] {
        var lines: [LoggedLine] = []
        if isOutputOpen {
            let (new, isAtEnd) = capture.read(process.output, from: .output, at: now)
            isOutputOpen = !isAtEnd
            lines += new
        }
        if isErrorsOpen {
            let (new, isAtEnd) = capture.read(process.errors, from: .errors, at: now)
            isErrorsOpen = !isAtEnd
            lines += new
        }
        for line in lines { errors.take(line) }
        return lines.flatMap { ServiceLogLine($0)?.stageLines(speed: speed) ?? [] }
    }

    /// Reads the pipes of another process from now on.
    mutating func follow() {
        isOutputOpen = true
        isErrorsOpen = true
    }

    /// Adds a line of the harness's own.
    mutating func note(_ text: String, at moment: Duration) { capture.note(text, at: moment) }

    /// Closes the file.
    mutating func close() { capture.close() }

    /// The last lines before a moment, and some after it.
    func excerpt(around moment: Duration) -> [LoggedLine] { capture.excerpt(around: moment) }
}

extension ServiceLogLine {
    /// Reads what the line says of the stages of initialisation.
    ///
    /// - Parameter speed: How many seconds of the scenario pass in one real second.
    /// - Returns: What it says; at most one thing.
    func stageLines(speed: Double) -> [ServiceLog.StageLine] {
        // A rehearsal says of a stage that hangs what no real service could.
        let words = message.split(separator: " ")
        if words.count == 3, words[0] == "rehearsal:", words[2] == "hangs" {
            return [.init(event: .stageHung(String(words[1])), finished: nil)]
        }
        guard let name = self.stage, let stage = InitialisationStage(rawValue: name) else { return [] }
        func duration(_ text: String?) -> Duration? {
            text.flatMap(Double.init).map { Duration.seconds($0 / 1000) * speed }
        }
        let elapsed = duration(milliseconds) ?? .zero
        switch message {
        case "stage finished":
            return [
                .init(event: .stageFinished(name, elapsed: elapsed, cpu: duration(cpuMilliseconds)), finished: stage)
            ]
        case "initialisation failed": return [.init(event: .stageFailed(name, elapsed: elapsed), finished: nil)]
        default: return []
        }
    }
}

extension LogCapture {
    /// How many lines a report quotes.
    static let excerptLimit = 40

    /// The last lines before a moment, and some after it.
    func excerpt(around moment: Duration) -> [LoggedLine] {
        let after = lines.firstIndex { $0.moment > moment } ?? lines.endIndex
        let end = min(after + Self.excerptLimit / 4, lines.endIndex)
        return Array(lines[max(end - Self.excerptLimit, 0)..<end])
    }
}
