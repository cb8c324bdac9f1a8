/// The platform's limit on a startup probe, for its delay, its period and the product of threshold and period each.
///
/// Cloud Run's newest documents say 600 s, and 1800 s with a GPU; its former ones and the comments of its API say 240 s.
/// Which one is enforced for a single field is unverified. Kubernetes states none.
package enum ProbeLimit: String, Hashable, Sendable, CaseIterable {
    /// What the documents said formerly.
    case former
    /// What they say now (November 2026).
    case current
    /// What they say now of instances with a GPU.
    case gpu
    /// No limit.
    case none

    /// The limit in seconds, absent where there is none.
    package var seconds: Int? {
        switch self {
        case .former: 240
        case .current: 600
        case .gpu: 1800
        case .none: nil
        }
    }
}
