/// The answer of `POST /recommend`.
package struct RecommendResponse: Hashable, Sendable {
    /// The session the recommendations are for.
    package let session: SessionID
    /// The phase of the study, 2 for recommendations.
    package let phase: Int
    /// How many rows of the SVD model were saved.
    package let svdTopSaved: Int
    /// How many rows of P5 were saved; 0 where P5 is not loaded or failed.
    package let p5TopSaved: Int
    /// How many candidates the SVD model handed to P5, at most 100.
    package let svdTop100Size: Int
    /// The movies the visitor sees, in order.
    package let display: DisplayList

    /// Creates an answer.
    package init(
        session: SessionID,
        phase: Int,
        svdTopSaved: Int,
        p5TopSaved: Int,
        svdTop100Size: Int,
        display: DisplayList
    ) {
        self.session = session
        self.phase = phase
        self.svdTopSaved = svdTopSaved
        self.p5TopSaved = p5TopSaved
        self.svdTop100Size = svdTop100Size
        self.display = display
    }

    /// What the service ranked with, as far as the saved rows tell.
    package var servedState: ServingState { p5TopSaved > 0 ? .full : svdTopSaved > 0 ? .svdOnly : .nothing }
}

/// What an instance can rank with at a moment.
package enum ServingState: String, Hashable, Sendable, Codable, CaseIterable {
    /// Not even SVD has loaded: nothing can be ranked.
    case nothing
    /// SVD ranks, P5 does not.
    case svdOnly = "svd_only"
    /// Both models rank.
    case full
}
