/// What was measured of one session: all that a comparison's figures are made of.
package struct SessionMeasurement: Sendable {
    /// What was measured of two lists, of which one at least is not empty.
    package struct Values: Sendable {
        /// The old side's value of each measure; not a number where there is none.
        package var old: [Double]
        /// The new side's values.
        package var new: [Double]
        /// The movies of the catalogue, by their places in it, among the old list's first.
        package var coveredByOld: [Int32]
        /// Those among the new list's first.
        package var coveredByNew: [Int32]
        /// How the list changed; `nil` where it is the same.
        package var change: SessionChange.List?
    }

    /// One list of both sides.
    package struct List: Sendable {
        /// Whether the old side has it.
        package var isOld = false
        /// Whether the new side has it.
        package var isNew = false
        /// What was measured; `nil` where it is not compared or empty on both sides.
        package var values: Values?
    }

    /// What both sides ranked, as it was made or as it was written.
    enum Rankings: Sendable {
        case made(SessionRankings)
        /// As JSON, which is read where it is needed.
        case written(String)
    }

    /// What the session is called.
    package var key = ""
    /// Whether the old side has something for it.
    package var isOld = false
    /// Whether the new side has something for it.
    package var isNew = false
    /// Whether something is known of what is relevant to it.
    package var isJudged = false
    /// Its slices by the places of their names.
    package var slices: [Int32] = []
    /// What either side says about it.
    package var notes: [String] = []
    /// Its lists.
    package var lists = ByList(repeating: List())
    /// What both sides ranked, where the session may be one of the most changed.
    var rankings: Rankings?

    /// Creates the measurement of nothing.
    init() {}

    /// Creates a measurement without lists.
    init(key: String, isOld: Bool, isNew: Bool, isJudged: Bool) {
        self.key = key
        self.isOld = isOld
        self.isNew = isNew
        self.isJudged = isJudged
    }

    /// What changed, without rankings; `nil` where every list is the same.
    var change: SessionChange? {
        var change = SessionChange(session: key, lists: [:], notes: notes)
        for list in ComparedList.allCases { change.lists[list.rawValue] = lists[list].values?.change }
        return change.lists.isEmpty ? nil : change
    }

    /// How much changed, as ``SessionChange/leastOverlap``; `nil` where every list is the same.
    var leastOverlap: Double? {
        var least: Double?
        func take(_ list: List) {
            guard let overlap = list.values?.change?.rbo else { return }
            least = min(overlap, least ?? overlap)
        }
        take(lists.svd)
        take(lists.p5)
        take(lists.display)
        return least
    }
}
