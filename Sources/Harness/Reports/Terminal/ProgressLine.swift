/// The line that shows, on a terminal only, how far a command has come, how fast it goes and how long it will take.
package struct ProgressLine: Hashable, Sendable {
    /// How many things are done.
    package var finished: Int
    /// How many there are, `nil` where nobody knows.
    package var total: Int?
    /// What they are, a plural; empty where that is plain.
    package var unit: String
    /// How many seconds that took; `nil` before it can be said.
    package var seconds: Double?
    /// How many of the finished did not pass.
    package var notPassed: Int
    /// The names of those that are running, longest running first.
    package var running: [String]
    /// What the first of them waits for, where it is known.
    package var waitsFor: String?

    /// The text that takes the line away again: to the first column, erase all (ECMA-48, 8.3.41).
    package static let erasure = "\r\u{1B}[2K"

    /// Creates a line.
    package init(
        finished: Int = 0,
        total: Int?,
        unit: String = "",
        seconds: Double? = nil,
        notPassed: Int = 0,
        running: [String] = [],
        waitsFor: String? = nil
    ) {
        self.finished = finished
        self.total = total
        self.unit = unit
        self.seconds = seconds
        self.notPassed = notPassed
        self.running = running
        self.waitsFor = waitsFor
    }

    /// Returns the line for a terminal of a number of columns; the last column stays free, so that nothing wraps.
    ///
    /// - Complexity: O(`columns`).
    package func line(columns: Int) -> StyledLine {
        var line = StyledLine()
        if let total {
            let barWidth = min(24, columns / 4)
            let filled = total > 0 ? barWidth * min(finished, total) / total : 0
            line.append(String(repeating: "█", count: filled), .good)
            line.append(String(repeating: "░", count: barWidth - filled), .faint)
            line.append(" ")
        }
        line.append(Figures.grouped(finished) + (total.map { " of " + Figures.grouped($0) } ?? ""))
        if !unit.isEmpty { line.append(" " + unit) }
        if notPassed > 0 {
            line.append(" · ", .faint)
            line.append("\(notPassed) not passed", .bad)
        }
        for text in [timeLeft, rate].compactMap(\.self) {
            line.append(" · ", .faint)
            line.append(text)
        }
        if let name = running.first {
            line.append(" · ", .faint)
            line.append(running.count > 1 ? "\(name) and \(running.count - 1) more" : name)
            if let waitsFor { line.append(" waits for \(waitsFor)", .faint) }
        }
        return line.truncated(toColumns: max(0, columns - 1))
    }

    /// The seconds that one thing took on average, once they can be told from chance.
    private var secondsEach: Double? {
        guard let seconds, seconds >= 0.5, finished > 0 else { return nil }
        return seconds / Double(finished)
    }

    private var timeLeft: String? {
        guard let secondsEach, let total, finished < total else { return nil }
        return Figures.long(secondsEach * Double(total - finished)) + " left"
    }

    private var rate: String? {
        guard let secondsEach else { return nil }
        guard secondsEach < 1 else { return Figures.wall(secondsEach) + " each" }
        let rate = 1 / secondsEach
        return (rate < 10 ? Figures.fixed(rate, decimals: 1) : Figures.grouped(Int(rate.rounded()))) + "/s"
    }
}
