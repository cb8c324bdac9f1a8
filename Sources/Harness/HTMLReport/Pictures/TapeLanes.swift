/// A lane of a tape.
protocol TapeLane {
    /// Draws the lane below what is drawn; nothing where it has nothing to show.
    func draw(on canvas: inout TapeCanvas)
}

/// Blocks that last: stages, states, the time in which `/recommend` can serve.
struct BlockLane: TapeLane {
    /// What the lane shows.
    let label: String
    /// Its entries.
    let entries: [TimelineEntry]

    func draw(on canvas: inout TapeCanvas) {
        guard let top = canvas.lane(label, of: entries.count) else { return }
        for (number, entry) in entries.prefix(TapeCanvas.most).enumerated() {
            canvas.block(
                SVG.Span(from: entry.at, to: entry.until ?? canvas.axis.end),
                top: top,
                class: "\(entry.kind.rawValue) \(entry.look)" + (number % 2 == 1 ? " odd" : ""),
                words: entry.label,
                tip: entry.sentence
            )
        }
    }
}

/// The CPU that there is, as steps.
struct CPULane: TapeLane {
    /// The steps.
    let steps: CPUSteps

    func draw(on canvas: inout TapeCanvas) {
        let most = steps.most ?? 0
        let label = most > 0 ? "CPU, at most \(ShownNumber.short(most)) vCPU" : "CPU"
        guard let top = canvas.lane(label, of: steps.steps.count) else { return }
        for step in steps.steps.prefix(TapeCanvas.most) {
            let isThere = step.vCPU > 0
            let height = isThere ? TapeCanvas.bandHeight * step.vCPU / most : TapeCanvas.bandHeight
            let words = isThere ? "\(ShownNumber.short(step.vCPU)) vCPU" : "no CPU"
            canvas.block(
                SVG.Span(from: step.from, to: step.to),
                top: top + TapeCanvas.bandHeight - height,
                height: height,
                class: isThere ? "cpu" : "starved",
                words: words,
                tip: "\(words) from \(ShownNumber.seconds(step.from)) to \(ShownNumber.seconds(step.to))"
            )
        }
    }
}

/// A probe's attempts, each with its time and a sign of how it ended.
struct AttemptLane: TapeLane {
    /// What the lane shows.
    let label: String
    /// Its entries.
    let entries: [TimelineEntry]

    func draw(on canvas: inout TapeCanvas) {
        let failed = entries.count { $0.result == .failed }
        let count = ShownNumber.count(entries.count, "attempt")
        let words = "\(label): \(count)" + (failed > 0 ? ", \(failed) failed" : "")
        guard let top = canvas.lane(words, of: entries.count) else { return }
        for entry in entries.prefix(TapeCanvas.most) {
            let span = SVG.Span(from: entry.at, to: entry.until ?? entry.at)
            let (from, to) = (canvas.axis.place(span.from), canvas.axis.place(span.to))
            canvas.svg.rectangle(
                from: from,
                to: to,
                top: top + 12,
                height: 6,
                class: "attempt \(entry.look)",
                tip: entry.sentence,
                span: span
            )
            let mark: SVG.Mark = entry.result == .ok ? .tick : .cross
            canvas.svg.mark(mark, at: to, y: top + 6, class: entry.look, tip: entry.sentence)
        }
    }
}

/// Requests, each from its arrival to its answer.
struct RequestLane: TapeLane {
    /// Its entries.
    let entries: [TimelineEntry]

    func draw(on canvas: inout TapeCanvas) {
        let served = entries.count { $0.result == .ok }
        guard let top = canvas.lane("requests: \(served) of \(entries.count) served", of: entries.count) else { return }
        for entry in entries.prefix(TapeCanvas.most) {
            let span = SVG.Span(from: entry.at, to: entry.until ?? canvas.axis.end)
            let (from, to) = (canvas.axis.place(span.from), canvas.axis.place(span.to))
            canvas.svg.rectangle(
                from: from,
                to: to,
                top: top + 7,
                height: 4,
                class: "wait \(entry.look)",
                tip: entry.sentence,
                span: span
            )
            let mark: SVG.Mark = entry.result == .ok || entry.result == .empty ? .disc : .cross
            canvas.svg.mark(mark, at: to, y: top + 9, class: entry.look, tip: entry.sentence)
        }
    }
}

/// A dot for each answer: at the bottom where it shows none of the final movies, at the top where it shows all.
struct QualityLane: TapeLane {
    private static let height = 2 * TapeCanvas.bandHeight

    /// The answers.
    let points: [AnswerQuality.Point]

    func draw(on canvas: inout TapeCanvas) {
        let label = "movies of each session's final answer, none to all"
        guard let top = canvas.lane(label, of: points.count, height: Self.height) else { return }
        for y in [top + 4, top + Self.height - 4] { canvas.svg.line(from: (0, y), to: (1, y), class: "grid") }
        for point in points.prefix(TapeCanvas.most) {
            let y = top + 4 + (Self.height - 8) * (1 - point.share)
            let look = point.share == 1 ? "ok" : point.share > 0 ? "part" : "empty"
            let place = canvas.axis.place(point.at)
            canvas.svg.mark(.disc, at: place, y: y, class: "quality \(look)", tip: point.words)
        }
    }
}
