/// What one side of a comparison has for one session.
package struct SideSession: Sendable {
    /// The lists; `nil` where the side has none, which is not the same as an empty one.
    package var lists: ByList<RankedList?>
    /// How many of P5's texts hold no number; `nil` where that is not known.
    package var parseFailures: Int?
    /// What the side says about the session.
    package var notes: [String]

    /// Creates what a side has.
    package init(
        lists: ByList<RankedList?> = ByList(repeating: nil),
        parseFailures: Int? = nil,
        notes: [String] = []
    ) {
        self.lists = lists
        self.parseFailures = parseFailures
        self.notes = notes
    }
}
