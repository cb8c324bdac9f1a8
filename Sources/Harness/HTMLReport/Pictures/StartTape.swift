/// What happened during a start, one lane below the other on one axis of time: stages, CPU, state, probes, requests, quality.
///
/// Labels stand above their lanes and in their blocks, so that nothing needs a legend.
struct StartTape {
    /// A moment that decides, and its words.
    struct Moment {
        /// When it is, in seconds.
        var seconds: Double
        /// What it is.
        var words: String
        /// Whether it is an end that nobody wants.
        var isBad: Bool
    }

    private var canvas: TapeCanvas

    /// Draws a start.
    ///
    /// - Parameters:
    ///   - entries: The report's timeline.
    ///   - moments: The moments that decide.
    ///   - quality: How near answers came to the final ones.
    ///   - name: The scenario.
    ///   - summary: What is seen, in one sentence.
    init(
        _ entries: [TimelineEntry],
        moments: [Moment],
        quality: [AnswerQuality.Point] = [],
        of name: String,
        summary: String
    ) {
        let axis = TimeAxis(end: (entries.map { $0.until ?? $0.at } + moments.map(\.seconds)).max() ?? 1)
        canvas = TapeCanvas(
            axis: axis,
            svg: SVG(title: "The start of \(name) over time", description: summary)
        )
        func own(_ kind: TimelineEntry.Kind) -> [TimelineEntry] { entries.filter { $0.kind == kind } }
        let lanes: [any TapeLane] = [
            BlockLane(label: "stages", entries: own(.stage)),
            CPULane(steps: CPUSteps(entries, end: axis.end)),
            BlockLane(label: "the service says", entries: own(.state)),
            BlockLane(label: "/recommend can serve", entries: own(.serving)),
            AttemptLane(label: "startup probe", entries: own(.probe)),
            AttemptLane(label: "liveness probe", entries: own(.liveness)),
            AttemptLane(label: "readiness probe", entries: own(.readiness)),
            RequestLane(entries: own(.request)),
            QualityLane(points: quality),
        ]
        for lane in lanes { lane.draw(on: &canvas) }
        drawAxis()
        for moment in moments { draw(moment) }
        canvas.svg.height = canvas.bottom + 6
    }

    /// The picture.
    func markup(named anchor: String) -> String {
        canvas.svg.markup(named: anchor, class: "tape", end: canvas.axis.end)
    }

    private mutating func drawAxis() {
        for (number, mark) in canvas.axis.marks.enumerated() {
            let place = canvas.axis.place(mark)
            canvas.svg.line(from: (place, 14), to: (place, canvas.bottom), class: "grid")
            let anchor: SVG.Anchor = number == 0 ? .start : place > 0.97 ? .end : .middle
            let words = number == 0 ? "0 s" : canvas.axis.text(mark)
            canvas.svg.text(words, at: place, y: 10, anchor, class: number % 2 == 1 ? "axis wide" : "axis")
        }
    }

    /// Draws a moment below the lanes, under its own line, so that neighbours do not touch.
    private mutating func draw(_ moment: Moment) {
        let place = canvas.axis.place(moment.seconds)
        let look = moment.isBad ? "moment bad" : "moment"
        canvas.svg.line(from: (place, 14), to: (place, canvas.bottom + 4), class: look)
        let isLate = place > 0.6
        canvas.svg.text(
            "\(moment.words) \(ShownNumber.seconds(moment.seconds))",
            at: place,
            y: canvas.bottom + 14,
            isLate ? .end : .start,
            class: look,
            shift: isLate ? -4 : 4
        )
        canvas.bottom += 15
    }
}
