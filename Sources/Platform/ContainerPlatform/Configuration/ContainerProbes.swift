/// The probes of a container.
package struct ContainerProbes: Hashable, Sendable {
    /// The startup probe; absent only where the platform adds none by itself.
    package var startup: ProbeConfiguration?
    /// The liveness probe.
    @LaterProbe package var liveness: ProbeConfiguration?
    /// The readiness probe.
    @LaterProbe package var readiness: ProbeConfiguration?

    /// Creates probes.
    package init(
        startup: ProbeConfiguration?,
        liveness: ProbeConfiguration? = nil,
        readiness: ProbeConfiguration? = nil
    ) {
        self.startup = startup
        self.liveness = liveness
        self.readiness = readiness
    }

    /// A probe by its kind.
    package subscript(kind: ProbeKind) -> ProbeConfiguration? {
        switch kind {
        case .startup: startup
        case .liveness: liveness
        case .readiness: readiness
        }
    }
}
