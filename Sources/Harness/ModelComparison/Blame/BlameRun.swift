import RankingMetrics
package import RecommendationEngine

/// Runs the grid of two bundles over sessions and adds the blame up.
package struct BlameRun: Sendable {
    /// Makes the side that ranks with the new versions of these parts, and the old ones of the others.
    package typealias SideSource = @Sendable (Set<BundlePart>) throws -> any ComparisonSide

    private let side: SideSource
    private let changed: [BundlePart]

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - changed: The parts whose files differ.
    ///   - side: Makes a side of the grid.
    package init(changed: [BundlePart], side: @escaping SideSource) {
        self.changed = changed
        self.side = side
    }

    /// Blames what changed for sessions.
    ///
    /// - Parameters:
    ///   - sessions: The sessions.
    ///   - progress: Is told how many sessions are done.
    /// - Returns: The blame.
    /// - Throws: What a side throws; a part that does not fit the others alone is said in the result.
    package func blame(of sessions: [ComparedSession], tell progress: (Int) -> Void = { _ in }) throws -> Blame {
        let ofP5 = Set(changed).subtracting([.svd])
        let sides = try [[], [.svd], ofP5, Set(changed)].map { try side($0.intersection(changed)) }
        let alone = changed.filter { $0 != .svd }.count > 1 ? changed : []
        var table = MovieTable()
        var blame = Blame()
        let parts = alone.map { part in (part, Result { try side([part]) }) }
        var places = [Int](repeating: 0, count: parts.count)
        for (index, session) in sessions.enumerated() {
            try Task.checkCancellation()
            progress(index)
            let block = [session][...]
            let cells = try sides.map { try Self.cell(of: $0, block, &table) }
            let grid = BlameGrid(old: cells[0], newSVD: cells[1], newP5: cells[2], new: cells[3])
            Self.add(grid, of: session, to: &blame)
            for (number, part) in parts.enumerated() {
                guard case .success(let side) = part.1 else { continue }
                let cell = try Self.cell(of: side, block, &table)
                places[number] += BlameGrid.changedPlaces(cells[0].p5, cell.p5).count
            }
        }
        progress(sessions.count)
        blame.parts = zip(parts, places)
            .map { part, places in
                switch part.1 {
                case .success: Blame.Part(part: part.0.rawValue, placesAlone: places)
                case .failure(let error): Blame.Part(part: part.0.rawValue, placesAlone: 0, failure: "\(error)")
                }
            }
        if parts.isEmpty { blame.parts = Self.parts(of: changed, blame) }
        return blame
    }

    /// With one part of P5 at most, the grid itself says what each does alone.
    private static func parts(of changed: [BundlePart], _ blame: Blame) -> [Blame.Part] {
        changed.map { part in
            Blame.Part(
                part: part.rawValue,
                placesAlone: part == .svd ? blame.placesBySVDAlone : blame.placesByP5Alone
            )
        }
    }

    private static func cell(
        of side: any ComparisonSide,
        _ block: ArraySlice<ComparedSession>,
        _ table: inout MovieTable
    ) throws -> BlameGrid.Cell {
        let content = try side.rankings(of: block, in: &table)[0]
        return BlameGrid.Cell(
            p5: content?.lists.p5 ?? RankedList(),
            candidates: content?.lists.svd ?? RankedList()
        )
    }

    private static func add(_ grid: BlameGrid, of session: ComparedSession, to blame: inout Blame) {
        blame.sessionsSeen += 1
        blame.placesBySVDAlone += BlameGrid.changedPlaces(grid.old.p5, grid.newSVD.p5).count
        blame.placesByP5Alone += BlameGrid.changedPlaces(grid.old.p5, grid.newP5.p5).count
        let changed = BlameGrid.changedPlaces(grid.old.p5, grid.new.p5).count
        guard changed > 0 else { return }
        let places = grid.places()
        let (before, after) = (Set(grid.old.candidates.movies), Set(grid.new.candidates.movies))
        let (lost, won) = (before.subtracting(after).count, after.subtracting(before).count)
        blame.places += places
        blame.changedPlaces += changed
        blame.candidatesLost += lost
        blame.candidatesWon += won
        blame.sessions.append(
            Blame.Session(session: session.key, places: places, candidatesLost: lost, candidatesWon: won)
        )
    }
}
