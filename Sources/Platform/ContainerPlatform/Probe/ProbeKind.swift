/// Which of a container's probes.
package enum ProbeKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Decides whether the container has started; until then the others do not ask.
    case startup
    /// Decides whether a started container goes on.
    case liveness
    /// Decides whether a started container gets traffic.
    case readiness
}
