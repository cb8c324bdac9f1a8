import Reports
import Synchronization

/// Shows on standard error how far a command has come, where that is a terminal; elsewhere it does nothing.
///
/// The line is written again at most ten times a second, and stands alone: what else is printed takes it away first.
final class ProgressDisplay: Sendable {
    private struct State: Sendable {
        var line: ProgressLine
        var isShown = false
        var isOver = false
        var next: ContinuousClock.Instant
    }

    private static let clock = ContinuousClock()
    private let start = ProgressDisplay.clock.now
    private let style: TerminalStyle
    private let state: Mutex<State>

    /// Creates a display without a line yet.
    ///
    /// - Parameters:
    ///   - total: How many things there are, `nil` where that is not known yet.
    ///   - unit: What they are, a plural.
    init(total: Int? = nil, unit: String) {
        style = TerminalStyle(
            terminalColumns: OutputDescriptor.standardError().terminalColumns,
            environment: processEnvironment,
            forbidsColour: false
        )
        state = Mutex(State(line: ProgressLine(total: total, unit: unit), next: start))
    }

    /// Whether somebody sees the line.
    var isVisible: Bool { style.progressColumns != nil }

    /// Shows how many things are done.
    ///
    /// - Parameters:
    ///   - finished: How many.
    ///   - total: How many there are, where that has become known.
    ///   - name: What is being done.
    ///   - waitsFor: What that waits for.
    func show(_ finished: Int, of total: Int? = nil, name: String? = nil, waitsFor: String? = nil) {
        guard let columns = style.progressColumns else { return }
        state.withLock { state in
            let now = Self.clock.now
            state.line.finished = finished
            state.line.total = total ?? state.line.total
            state.line.running = name.map { [$0] } ?? []
            state.line.waitsFor = waitsFor
            state.line.seconds = (now - start) / .seconds(1)
            guard now >= state.next, !state.isOver else { return }
            state.next = now + .milliseconds(100)
            state.isShown = true
            Self.write(ProgressLine.erasure + style.render(state.line.line(columns: columns)))
        }
    }

    /// Takes the line away until it is shown again.
    func erase() {
        state.withLock { state in
            guard state.isShown else { return }
            state.isShown = false
            state.next = .now
            Self.write(ProgressLine.erasure)
        }
    }

    /// Takes the line away for good.
    func end() {
        erase()
        state.withLock { $0.isOver = true }
    }

    /// Nothing is lost where the line cannot be written.
    private static func write(_ text: String) {
        try? OutputDescriptor.standardError().write(text)
    }
}
