package import Domain

/// The state of the service that a golden expectation is for.
///
/// Only the full state is written down; the other is derived, because the SVD stage knows nothing of P5.
package enum GoldenState: String, Hashable, Sendable, CaseIterable {
    /// Both models rank.
    case full
    /// SVD ranks alone.
    case svdOnly = "svd_only"

    /// The golden state for what an instance could rank with, `nil` where nothing can be ranked.
    package init?(_ state: ServingState) {
        switch state {
        case .nothing: return nil
        case .svdOnly: self = .svdOnly
        case .full: self = .full
        }
    }
}
