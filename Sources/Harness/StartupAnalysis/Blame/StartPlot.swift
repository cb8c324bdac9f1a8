import Reports

/// A start as a picture, as `systemd-analyze plot` draws one: a bar for each part, its CPU time in it, and the probe below.
package struct StartPlot: Sendable {
    private static let plotWidth = 640.0
    private static let (left, right, top) = (150.0, 130.0, 70.0)
    private static let rowHeight = 26.0
    private static let (time, cpu, starved) = ("#2f81f7", "#3fb950", "#d29922")
    private static let (good, bad) = ("#3fb950", "#f85149")

    private let blame: StartBlame
    private let span: Double

    /// Creates the picture of a start.
    package init(_ blame: StartBlame) {
        self.blame = blame
        span = max(blame.end, blame.report.startup?.at ?? 0, 1e-3) * 1.02
    }

    /// Returns the document.
    ///
    /// - Complexity: O(parts and attempts).
    package func svg() -> String {
        let rows = Double(blame.spans.count + 1)
        let bottom = Self.top + rows * Self.rowHeight
        var drawing = SVGDrawing(
            title: "\(blame.report.name): the start by stages",
            width: Self.left + Self.plotWidth + Self.right,
            height: bottom + 54
        )
        drawing.text(blame.report.name, 16, 24, size: 14, isStrong: true)
        legend(&drawing)
        axis(bottom, &drawing)
        for (row, span) in blame.spans.enumerated() { draw(span, Self.top + Double(row) * Self.rowHeight, &drawing) }
        for gap in blame.gaps {
            drawing.rectangle(
                x(gap.from),
                Self.top,
                x(gap.to) - x(gap.from),
                rows * Self.rowHeight,
                fill: Self.bad + "44",
                tip: "unattributed \(gap.place)"
            )
        }
        probe(Self.top + Double(blame.spans.count) * Self.rowHeight, &drawing)
        moments(bottom, &drawing)
        return drawing.document
    }

    private func x(_ seconds: Double) -> Double { Self.left + Self.plotWidth * min(max(seconds / span, 0), 1) }

    private func legend(_ drawing: inout SVGDrawing) {
        var place = 16.0
        for (colour, words) in [
            (Self.time, "time"), (Self.cpu, "of it CPU time"), (Self.starved, "without CPU"),
            (Self.bad, "unattributed"),
        ] {
            drawing.rectangle(place, 36, 10, 10, fill: colour)
            drawing.text(words, place + 15, 45)
            place += 32 + 6.2 * Double(words.count)
        }
    }

    private func axis(_ bottom: Double, _ drawing: inout SVGDrawing) {
        let step = AxisStep.fitting(span, marks: 10)
        for mark in 0...Int(span / step) {
            let seconds = Double(mark) * step
            drawing.rule(x(seconds), Self.top - 4, x(seconds), bottom)
            drawing.text(Figures.fixed(seconds, decimals: step < 1 ? 2 : 0), x(seconds), Self.top - 8, .middle)
        }
        drawing.text("s", x(span) + 8, Self.top - 8)
    }

    private func draw(_ part: StartSpan, _ y: Double, _ drawing: inout SVGDrawing) {
        let width = max(1, x(part.to) - x(part.from))
        drawing.text(part.name, Self.left - 8, y + 16, .end)
        drawing.rectangle(x(part.from), y + 4, width, 16, fill: Self.time + (part.kind == .stage ? "aa" : "55"))
        if part.withoutCPU > 0 {
            drawing.rectangle(
                x(part.from),
                y + 4,
                width * min(1, part.withoutCPU / part.elapsed),
                4,
                fill: Self.starved
            )
        }
        // Of several threads the CPU time may be longer than the part.
        if let cpu = part.cpu, part.elapsed > 0 {
            drawing.rectangle(x(part.from), y + 14, width * min(1, cpu / part.elapsed), 6, fill: Self.cpu)
        }
        var words = Figures.fixed(part.elapsed, decimals: 3) + " s"
        if let cpu = part.cpu { words += ", CPU " + Figures.fixed(cpu, decimals: 3) }
        if part.kind == .unfinished { words += ", not finished" }
        drawing.text(
            words,
            x(part.from) + width + 6,
            y + 16,
            fill: part.kind == .unfinished ? Self.bad : SVGDrawing.ink
        )
    }

    private func probe(_ y: Double, _ drawing: inout SVGDrawing) {
        drawing.text("probe", Self.left - 8, y + 16, .end)
        for attempt in blame.report.timeline where attempt.kind == .probe {
            let colour = attempt.result == .ok ? Self.good : Self.bad
            let width = max(2, x(attempt.until ?? attempt.at) - x(attempt.at))
            drawing.rectangle(
                x(attempt.at),
                y + 6,
                width,
                12,
                fill: colour,
                tip: "attempt \(attempt.name): \(attempt.text)"
            )
        }
    }

    /// The moments that decide, each under its own line so that neighbours do not touch.
    private func moments(_ bottom: Double, _ drawing: inout SVGDrawing) {
        let startup = blame.report.startup
        let outcome = startup?.outcome == "ready" ? "probe passed" : startup?.outcome ?? ""
        let all = [
            (startup?.listening, "listens"), (startup?.at, outcome), (startup?.readyFull, "everything loaded"),
        ]
        for (row, (moment, words)) in all.enumerated() {
            guard let moment, moment <= span else { continue }
            drawing.rule(x(moment), Self.top, x(moment), bottom + 6 + 14 * Double(row), opacity: 0.9, dashes: "3 3")
            let isLate = x(moment) > Self.left + Self.plotWidth * 0.6
            drawing.text(
                "\(words) \(Figures.fixed(moment, decimals: 3)) s",
                x(moment) + (isLate ? -5 : 5),
                bottom + 14 + 14 * Double(row),
                isLate ? .end : .start
            )
        }
    }
}

/// The distance between two marks of an axis.
package enum AxisStep {
    /// The smallest of 1, 2 and 5 times a power of ten with which a span has at most so many marks.
    package static func fitting(_ span: Double, marks: Int) -> Double {
        var power = 1e-6
        while power * 10 * Double(marks) < span { power *= 10 }
        for factor in [1.0, 2, 5] where power * factor * Double(marks) >= span { return power * factor }
        return power * 10
    }
}
