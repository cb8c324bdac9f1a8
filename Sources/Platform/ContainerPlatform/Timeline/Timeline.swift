/// What happened to an instance, in order.
package struct Timeline: Hashable, Sendable, Codable {
    /// One event and its moment.
    package struct Entry: Hashable, Sendable, Codable {
        /// The moment since instance start.
        package let moment: Duration
        /// What happened.
        package let event: TimelineEvent

        /// Creates an entry.
        package init(moment: Duration, event: TimelineEvent) {
            self.moment = moment
            self.event = event
        }
    }

    /// The entries; moments never descend.
    package var entries: [Entry] = []

    /// Creates an empty timeline.
    package init() {}

    /// One line an entry, without line ends, each at most 100 columns wide.
    ///
    /// - Complexity: O(the number of entries).
    package var lines: [String] { entries.map(\.line) }
}
