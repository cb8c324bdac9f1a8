/// Which of the limits that Cloud Run has stated for startup probes are taken to hold.
package enum ProbeLimits: String, Hashable, Sendable, Codable, CaseIterable {
    /// Both are known and neither is certain: what breaks both is refused, what breaks the former alone is a warning.
    case disputed
    /// 600 s, 1800 s with a GPU: the newest pages on health checks (2026).
    case current
    /// 240 s for each value and for the product: older pages, and the comments of the API as of August 2026.
    case former
}
