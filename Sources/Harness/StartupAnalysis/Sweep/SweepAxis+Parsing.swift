import Scenarios
import SourcePlaces

extension SweepAxis {
    /// Reads `NAME=VALUES`.
    ///
    /// The values are separated by commas; `FROM..TO` stands for all whole numbers or whole seconds between the two, both
    /// included, and `FROM..TO/STEP` for every so many of them. A probe's times are whole seconds as in the platform's
    /// fields, a stage's durations carry a unit as in scenarios. `measured:FILE` draws from recorded starts.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - recorded: Reads the recorded starts of a file.
    /// - Throws: `StartupAnalysisError`: `unknownName` for the name, `badValue` for a value that the parameter cannot
    ///   have, `empty` for a range in which nothing lies; whatever `recorded` throws.
    package init(parsing text: String, recorded: (String) throws -> MeasuredStarts) throws {
        guard let equals = text.firstIndex(of: "=") else {
            throw StartupAnalysisError(
                .badValue,
                "--vary \(text): expected NAME=VALUES, such as probe.periodSeconds=1..30"
            )
        }
        let name = String(text[..<equals])
        let values = String(text[text.index(after: equals)...])
        guard let parameter = SweepParameter.all.first(where: { $0.name == name }) else {
            let hint = NearestName.hint(for: name, among: SweepParameter.all.map(\.name))
            throw StartupAnalysisError(.unknownName, "--vary \(text): there is no parameter `\(name)`; \(hint)")
        }
        if values.hasPrefix("measured:") {
            let starts = try recorded(String(values.dropFirst("measured:".count)))
            try Self.check(starts, for: parameter, text)
            self.init(parameter, .measured(starts))
            return
        }
        self.init(parameter, .listed(try Self.list(values, of: parameter, text)))
    }

    /// Refuses recorded starts that lack what the parameter is about.
    private static func check(
        _ starts: MeasuredStarts,
        for parameter: SweepParameter,
        _ text: String
    ) throws(StartupAnalysisError) {
        guard !parameter.isChosen else {
            throw StartupAnalysisError(
                .badValue,
                "--vary \(text): `\(parameter.name)` is chosen, not measured; stages can be measured"
            )
        }
        for stage in SweepParameter.Stage.allCases {
            let recorded = starts.starts.count { $0[stage.place] != nil }
            guard recorded == 0 || recorded == starts.starts.count else {
                throw StartupAnalysisError(
                    .unreadable,
                    "--vary \(text): only \(recorded) of \(starts.starts.count) recorded starts have the stage "
                        + "`\(stage.name)`; leave out the reports of starts that ended before it"
                )
            }
        }
        guard case .stage(let stage) = parameter else { return }
        guard starts.starts[0][stage.place] != nil else {
            throw StartupAnalysisError(.unreadable, "--vary \(text): no recorded start has the stage `\(stage.name)`")
        }
    }

    private static func list(
        _ values: String,
        of parameter: SweepParameter,
        _ text: String
    ) throws(StartupAnalysisError) -> [SweepValue] {
        guard parameter != .stages else {
            throw StartupAnalysisError(
                .badValue,
                "--vary \(text): `stages` takes measured:FILE, whole starts of a recorded run"
            )
        }
        var listed: [SweepValue] = []
        for piece in values.split(separator: ",", omittingEmptySubsequences: false) {
            listed += try SweepRange(parsing: String(piece), of: parameter, in: text).values
            guard listed.count <= valueLimit else {
                throw StartupAnalysisError(.badValue, "--vary \(text): more than \(valueLimit) values")
            }
        }
        guard !listed.isEmpty else {
            throw StartupAnalysisError(
                .empty,
                "--vary \(text): no value lies in this range; nothing would be simulated"
            )
        }
        guard Set(listed).count == listed.count else {
            throw StartupAnalysisError(.badValue, "--vary \(text): a value is given twice")
        }
        return listed
    }
}
