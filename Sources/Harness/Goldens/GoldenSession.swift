package import Domain

/// What the reference says about one session.
package struct GoldenSession: Hashable, Sendable {
    /// The session.
    package let id: SessionID
    /// The SVD model's best, at most 100.
    package let svd: GoldenList
    /// P5's order of those movies that have an internal id.
    package let p5: GoldenList
    /// The display list for either starting model.
    package let displays: [Model: DisplayList]

    /// Creates a session's golden.
    package init(id: SessionID, svd: GoldenList, p5: GoldenList, displays: [Model: DisplayList]) {
        self.id = id
        self.svd = svd
        self.p5 = p5
        self.displays = displays
    }

    /// Returns a model's list in a state, `nil` for P5 where SVD ranks alone.
    package func list(of model: Model, in state: GoldenState) -> GoldenList? {
        switch (model, state) {
        case (.svd, _): svd
        case (.p5, .full): p5
        case (.p5, .svdOnly): nil
        }
    }

    /// Returns the display lists that are right in a state: one for either starting model, or the SVD model's ten best.
    package func displays(in state: GoldenState) -> [DisplayList] {
        switch state {
        case .full: Model.allCases.compactMap { displays[$0] }
        case .svdOnly: [DisplayList(svd: svd.movies, p5: [], start: .svd)]
        }
    }
}
