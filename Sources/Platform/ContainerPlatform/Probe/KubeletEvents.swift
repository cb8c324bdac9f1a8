/// The events that the kubelet records of a container, as `kubectl describe` shows them.
///
/// The beginnings of the messages are literal; what a failed attempt saw follows in words of our own, so that those
/// lines are marked. Newer kubelets write `spec.containers{NAME}: ` in front of some.
struct KubeletEvents: Hashable, Sendable {
    /// The container's name.
    let container: String

    /// Returns the message of an event, absent where there is none.
    func line(for event: TimelineEvent) -> PlatformLog.Line? {
        switch event {
        case .attempt(let attempt) where attempt.saw.isError:
            line(
                .warning,
                "\(Self.title(attempt.probe)) probe errored and resulted in unknown state: \(attempt.saw.words)"
            )
        case .attempt(let attempt) where !attempt.saw.isSuccess:
            line(.warning, "\(Self.title(attempt.probe)) probe failed: \(attempt.saw.words)", isVerified: false)
        case .probeFailed: willBeRestarted(.startup)
        case .probeFound(.liveness, isSuccess: false, _, _): willBeRestarted(.liveness)
        case .backsOff: line(.warning, "Back-off restarting failed container")
        case .progressDeadlineExceeded: line(.error, "ProgressDeadlineExceeded", isVerified: false)
        default: nil
        }
    }

    private func willBeRestarted(_ probe: ProbeKind) -> PlatformLog.Line {
        line(.info, "Container \(container) failed \(probe.rawValue) probe, will be restarted")
    }

    private func line(
        _ severity: PlatformLog.Line.Severity,
        _ text: String,
        isVerified: Bool = true
    ) -> PlatformLog.Line {
        PlatformLog.Line(severity: severity, text: text, isVerified: isVerified)
    }

    private static func title(_ probe: ProbeKind) -> String {
        switch probe {
        case .startup: "Startup"
        case .liveness: "Liveness"
        case .readiness: "Readiness"
        }
    }
}
