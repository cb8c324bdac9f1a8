/// How many starts `coldstart sweep` simulates in a second on all cores, from the start of the program to its end.
struct SweptStartsFigure {
    /// What is varied: 30 · 4 · 3 · 2,991 combinations.
    private static let axes = [
        "probe.periodSeconds=1..30", "cpu=0.5,1,2,4", "probe.failureThreshold=3,6,12",
        "stage.checkpoint=1s..300s/100ms",
    ]
    /// How many starts that is.
    private static let starts = 30 * 4 * 3 * 2_991

    /// The program `coldstart`.
    let program: String
    /// A scenario that dies in some of them.
    let scenario: String
    /// How often it runs.
    let rounds: Int

    /// Measures.
    ///
    /// - Throws: ``BenchError`` where a run does not pass.
    func measure() throws -> Figure {
        let command = [program, "sweep", scenario, "--format", "json"] + Self.axes.flatMap { ["--vary", $0] }
        var series = Series()
        for _ in 0..<rounds { series.add(try ProgramRun.time(command)) }
        let perCore = Quantity.text(Double(Self.starts) / series.cpu, .perSecond)
        return Figure(
            name: "coldstart sweep, all cores",
            unit: .perSecond,
            coldstart: Double(Self.starts) / series.seconds,
            aim: .sweptStarts,
            note: "\(Self.starts) starts, the start of the program included; \(perCore) per second of processor time"
        )
    }
}
