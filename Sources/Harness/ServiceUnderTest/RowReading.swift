/// How the harness reads back the rows that answers promise.
package struct RowReading: Hashable, Sendable {
    /// How long, in real time, it waits after an answer for rows that are not there yet; zero for one look.
    package var wait: Duration
    /// The role that visitors read as, such as `anon`; `nil` where only the harness's own view counts.
    package var role: String?

    /// Creates settings; by default an answer means that its rows are there.
    package init(wait: Duration = .zero, role: String? = nil) {
        self.wait = wait
        self.role = role
    }
}
