import ModelComparison

/// The verdicts of a gate as text.
struct GateText {
    private let verdicts: [GateVerdict]
    private let width: Int

    init(_ verdicts: [GateVerdict], width: Int) {
        self.verdicts = verdicts
        self.width = width
    }

    /// The lines: limits that are not kept first.
    var lines: [StyledLine] {
        var table = TextTable(columns: [
            .init(""), .init("limit", isFlexible: true), .init("list"), .init("slice", isFlexible: true),
            .init("found", .right), .init("evidence"),
        ])
        let order: [GateVerdict.Outcome] = [.failed, .noSamples, .passed]
        for outcome in order {
            for verdict in verdicts where verdict.outcome == outcome {
                table.append([
                    Self.mark(outcome), StyledLine(verdict.rule), StyledLine(verdict.model?.rawValue ?? ""),
                    StyledLine(verdict.slice),
                    StyledLine(verdict.found.map { Figures.fixed($0, decimals: 4) } ?? "–"),
                    StyledLine(Self.evidence(verdict), verdict.isDecided ? .faint : .doubtful),
                ])
            }
        }
        return [StyledLine("Limits", .strong)] + table.lines(width: width)
    }

    private static func mark(_ outcome: GateVerdict.Outcome) -> StyledLine {
        switch outcome {
        case .passed: StyledLine("✓", .good)
        case .failed: StyledLine("✗", .bad)
        case .noSamples: StyledLine("?", .doubtful)
        }
    }

    /// What the interval says: whether it lies on one side of the limit.
    static func evidence(_ verdict: GateVerdict) -> String {
        switch verdict.outcome {
        case .noSamples: "no samples"
        case .passed, .failed: verdict.isDecided ? "decided" : "undecided"
        }
    }
}
