import ModelComparison

/// What changed because of which part, as text.
struct BlameText {
    private let blame: Blame
    private let width: Int

    init(_ blame: Blame, width: Int) {
        self.blame = blame
        self.width = width
    }

    /// The lines.
    var lines: [StyledLine] {
        let places = blame.places
        let what =
            "\(Figures.count(blame.changedPlaces, "place")) of P5's lists changed in "
            + "\(blame.sessions.count) of \(Figures.count(blame.sessionsSeen, "session"))"
        var lines = StyledLine("Why: " + what, .strong).broken(toColumns: width)
        var table = TextTable(columns: [
            .init("because of", isFlexible: true), .init("places", .right), .init("share", .right),
        ])
        let moved = "\(blame.candidatesLost) lost, \(blame.candidatesWon) won"
        for (name, count) in [
            ("candidates and their order (\(moved))", places.candidates), ("reranking by P5", places.reranking),
            ("both together", places.both), ("the order of equal scores", places.ties),
        ] {
            let share = blame.changedPlaces == 0 ? 0 : Double(count) / Double(blame.changedPlaces) * 100
            table.append([
                StyledLine(name), StyledLine(String(count)),
                StyledLine(Figures.fixed(share, decimals: 1) + " %", .faint),
            ])
        }
        lines += table.lines(width: width)
        for part in blame.parts {
            let text = part.failure.map { "cannot be tried alone: \($0)" } ?? "changes \(part.placesAlone) places alone"
            lines += StyledLine("the new \(part.part) \(text)", part.failure == nil ? .plain : .doubtful)
                .broken(toColumns: width)
        }
        if !blame.isComplete {
            lines.append(StyledLine("the sum is wrong: \(places.sum) blamed of \(blame.changedPlaces)", .bad))
        }
        return lines
    }
}
