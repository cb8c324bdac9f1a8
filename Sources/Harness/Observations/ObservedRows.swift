package import Domain

/// What the database holds after the replay, read on the harness's own connection.
package struct ObservedRows: Sendable {
    /// All rows of the run's sessions, and in a database of the run's own all rows at all.
    package let recommendations: [StoredRecommendation]
    /// The incident note's summary query.
    package let summary: [LandingSummaryLine]
    /// What the visitor of each replayed session would see.
    package let visitors: [VisitorView]
    /// What is wrong with the rows that cannot be read as the service's, one text a row.
    package let strange: [String]
    /// The rows of `recommendations` that the visitors' role sees; `nil` where no role was named.
    package let visible: [StoredRecommendation]?

    /// Creates the rows of a replay.
    package init(
        recommendations: [StoredRecommendation],
        summary: [LandingSummaryLine],
        visitors: [VisitorView],
        strange: [String] = [],
        visible: [StoredRecommendation]? = nil
    ) {
        self.recommendations = recommendations
        self.summary = summary
        self.visitors = visitors
        self.strange = strange
        self.visible = visible
    }
}
