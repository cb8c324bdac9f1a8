package import Domain
import RankingMetrics

/// What two sides are held to be different by: the first places of a list.
package struct Difference: Sendable {
    /// The lists that are looked at.
    package let lists: [ComparedList]
    /// How many of their places; `nil` for all.
    package let depth: Int?

    /// Creates a rule.
    package init(lists: [ComparedList], depth: Int?) {
        self.lists = lists
        self.depth = depth
    }

    /// The lists in which two sides differ for a session.
    ///
    /// - Throws: What a side throws.
    package func differing(
        _ old: any ComparisonSide,
        _ new: any ComparisonSide,
        for session: RecordedSession
    ) throws -> [ComparedList] {
        var table = MovieTable()
        let block = [ComparedSession(session)][...]
        let (before, after) = (try old.rankings(of: block, in: &table)[0], try new.rankings(of: block, in: &table)[0])
        return lists.filter { !isSame(before, after, $0) }
    }

    /// The first session for which two sides differ, and how many were looked at.
    ///
    /// - Complexity: The sessions are ranked in growing blocks, so that a difference that most of them show is found at once.
    package func firstDiffering(
        _ old: any ComparisonSide,
        _ new: any ComparisonSide,
        among sessions: [ComparedSession],
        tell progress: (Int) -> Void = { _ in }
    ) throws -> ComparedSession? {
        var table = MovieTable()
        var start = 0
        var size = 1
        while start < sessions.count {
            try Task.checkCancellation()
            progress(start)
            let block = sessions[start..<min(sessions.count, start + size)]
            let (before, after) = (try old.rankings(of: block, in: &table), try new.rankings(of: block, in: &table))
            for (offset, session) in block.enumerated()
            where lists.contains(where: { !isSame(before[offset], after[offset], $0) }) {
                return session
            }
            start += size
            size = min(size * 2, 1_024)
        }
        return nil
    }

    private func isSame(_ old: SideSession?, _ new: SideSession?, _ list: ComparedList) -> Bool {
        let (before, after) = (old?.lists[list], new?.lists[list])
        guard let before, let after else { return (before == nil) == (after == nil) }
        let length = depth ?? max(before.count, after.count)
        return before.movies.prefix(length) == after.movies.prefix(length)
    }
}
