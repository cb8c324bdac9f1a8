package import Domain
package import Goldens
package import Reports

/// What is shown of one difference: what the golden has, what is now, what moved, and why it counts as it does.
package struct ReviewPage: Sendable {
    private let entry: PendingEntry
    private let golden: GoldenSession?
    private let titles: [MovieID: String]
    private static let shownDetails = 6

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - entry: The difference.
    ///   - golden: The golden's rankings of the session; `nil` where it has none, or where files differ.
    ///   - titles: The movies' titles, as far as they are known.
    package init(_ entry: PendingEntry, golden: GoldenSession?, titles: [MovieID: String]) {
        self.entry = entry
        self.golden = golden
        self.titles = titles
    }

    /// The lines.
    ///
    /// - Parameter width: The columns that a line may take.
    /// - Returns: What it is and how it counts, the first differences, then the places that differ for each model.
    /// - Complexity: O(*n*) in the number of places.
    package func lines(width: Int) -> [StyledLine] {
        let heading = StyledLine(
            entry.id == PendingEntry.filesID ? "model files and inputs" : "session \(entry.id)",
            .strong
        )
        let meaning = entry.now == nil ? "files, which move no movie by themselves" : entry.risk.meaning
        var lines = [heading, StyledLine("risk \(entry.risk.rawValue): \(meaning)", entry.risk.role)]
        lines += StyledLine.wrapping(entry.summary, columns: width)
        lines += why(width: width)
        if let now = entry.now {
            for model in Model.allCases {
                let before = golden.flatMap { $0.list(of: model, in: .full) }
                guard let after = now.list(of: model, in: .full) else { continue }
                lines += table(model, before, after, width: width)
            }
        }
        return lines
    }

    /// The first few differences; a movie that came or went shifts all that follow, which the table shows.
    private func why(width: Int) -> [StyledLine] {
        let details = entry.details == [entry.summary] ? [] : entry.details
        let hidden = details.count - Self.shownDetails
        let shown = details.prefix(Self.shownDetails) + (hidden > 0 ? ["and \(hidden) more"] : [])
        return shown.flatMap { detail in
            StyledLine.wrapping(detail, columns: width - 2, role: .faint).map { $0.indented(by: 2) }
        }
    }

    /// The places that hold another movie, or a score that is not the golden's within the tolerance.
    private func table(_ model: Model, _ before: GoldenList?, _ after: GoldenList, width: Int) -> [StyledLine] {
        let old = before?.places ?? []
        let new = after.places
        guard !(old.isEmpty && new.isEmpty) else { return [] }
        let oldRanks = Dictionary(old.map { ($0.movie, $0.rank) }, uniquingKeysWith: { first, _ in first })
        let columns: [TextTable.Column] = [
            .init("rank", .right), .init("golden", isFlexible: true), .init("score", .right),
            .init("now", isFlexible: true), .init("score", .right), .init("was", .right),
        ]
        var table = TextTable(columns: columns, cutting: .widest)
        for index in 0..<max(old.count, new.count) {
            let left = index < old.count ? old[index] : nil
            let right = index < new.count ? new[index] : nil
            guard left?.movie != right?.movie || left.map(Self.shown) != right.map(Self.shown) else { continue }
            let moved = left?.movie != right?.movie
            table.append([
                StyledLine("\(index + 1)"),
                StyledLine(left.map { title(of: $0.movie) } ?? "–"),
                StyledLine(left.map(Self.shown) ?? ""),
                StyledLine(right.map { title(of: $0.movie) } ?? "–", moved ? .bad : .plain),
                StyledLine(right.map(Self.shown) ?? ""),
                StyledLine(right.map { oldRanks[$0.movie].map(String.init) ?? "new" } ?? "", .faint),
            ])
        }
        guard !table.isEmpty else {
            return [StyledLine(), StyledLine("\(model.rawValue): every place as before", .faint)]
        }
        return [StyledLine(), StyledLine(model.rawValue, .strong)] + table.lines(width: width)
    }

    /// The text that P5 wrote, or the score.
    private static func shown(_ place: GoldenList.Place) -> String {
        place.text ?? Figures.fixed(place.score, decimals: 4)
    }

    private func title(of movie: MovieID) -> String { titles[movie] ?? movie.text }
}

extension GoldenRisk {
    /// The role in which the class is written.
    package var role: StyledLine.Role {
        switch self {
        case .low: .good
        case .medium: .doubtful
        case .high: .bad
        }
    }
}
