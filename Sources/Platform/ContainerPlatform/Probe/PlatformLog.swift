/// The lines that the platform logs, literally.
///
/// Their sources are entries seen in the logs of Cloud Run and its documentation; a wording that neither shows is
/// marked, and must not be presented as the platform's.
package struct PlatformLog: Hashable, Sendable {
    /// A line of the platform's log.
    package struct Line: Hashable, Sendable {
        /// The severity of the entry.
        package enum Severity: String, Hashable, Sendable {
            case info = "INFO"
            case warning = "WARNING"
            case error = "ERROR"
        }

        /// The severity.
        package let severity: Severity
        /// The text.
        package let text: String
        /// Whether the wording has been seen or is documented for this very case.
        package let isVerified: Bool
    }

    /// Why an instance starts.
    package enum StartReason: String, Hashable, Sendable, CaseIterable {
        /// Load, or no capacity for the traffic there is.
        case autoscaling = "AUTOSCALING"
        /// A deployment, or its health check.
        case deploymentRollout = "DEPLOYMENT_ROLLOUT"
        /// A configured minimum, or manual scaling.
        case manualOrMinimum = "MANUAL_OR_CUSTOMER_MIN_INSTANCE"
    }

    /// The platform.
    package let profile: PlatformProfile
    /// The startup probe.
    package let probe: ProbeConfiguration
    /// The liveness probe.
    package let liveness: ProbeConfiguration?

    /// Creates the log of an instance.
    package init(
        profile: PlatformProfile = .cloudRun,
        probe: ProbeConfiguration,
        liveness: ProbeConfiguration? = nil
    ) {
        self.profile = profile
        self.probe = probe
        self.liveness = liveness
    }

    /// The request log's text for 503 where the instance that the request waited for failed its startup probe.
    package static let readinessCheckFailed = "The request failed because the instance failed the readiness check."
    /// The request log's text for 500 after a failed start.
    package static let couldNotStart = "The request failed because the instance could not start successfully."
    /// The request log's text for 503 where the connection to the instance broke.
    package static let connectionError =
        "The request failed because either the HTTP response was malformed or connection to the instance had an error."
    /// The request log's text for 504.
    package static let requestTimedOut =
        "The request has been terminated because it has reached the maximum request timeout."

    /// What stands for the answer where no instance is ready to take a request; a wording of our own.
    package static let notReady = "no instance of the service is ready"

    /// The line of an instance that held more memory than it may; the address at its end is left out.
    package static func memoryLimitExceeded(limitBytes: Int, usedBytes: Int) -> String {
        "Memory limit of \(limitBytes >> 20) MiB exceeded with \(usedBytes >> 20) MiB used. "
            + "Consider increasing the memory limit."
    }

    /// The line at the start of an instance.
    package func startingInstance(_ reason: StartReason = .deploymentRollout) -> Line {
        let description =
            switch reason {
            case .autoscaling:
                "Instance started due to configured scaling factors (e.g. CPU utilization, request throughput, etc.) "
                    + "or no existing capacity for current traffic."
            case .deploymentRollout:
                "Instance started due to traffic shifting between revisions due to deployment, traffic split "
                    + "adjustment, or deployment health check."
            case .manualOrMinimum:
                "Instance started because of customer-configured min-instances or manual scaling."
            }
        return line(.info, "Starting new instance. Reason: \(reason.rawValue) - \(description)")
    }

    /// The line of a probe that succeeded.
    package func probeSucceeded(attempts: Int) -> Line {
        let count = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
        // The TCP form without "Default" has been inferred from the failure form.
        let isVerified = probe.handler.path != nil || probe.isPlatformDefault
        return line(.info, "\(subject) succeeded after \(count) for \(target).", isVerified: isVerified)
    }

    /// The line of a probe that failed for good.
    ///
    /// The ends of the HTTP line for an answer that is no success and for a timeout, and the line for a process that
    /// ended between two attempts, are unverified; the sentence on the connection is left out there. So is everything of
    /// a line for gRPC.
    package func probeFailed(failures: Int, saw: ProbeSighting?) -> Line {
        let count = failures == 1 ? "1 time" : "\(failures) times"
        let text = "\(subject) failed \(count) consecutively for \(target). The instance was not started."
        let (isTCP, isHTTP) = (probe.handler.onlyConnects, probe.handler.path != nil)
        return switch saw {
        case .deadlineExceeded where isTCP:
            line(.error, text + " Connection failed with status DEADLINE_EXCEEDED.")
        case .cancelled where isTCP:
            line(.error, text + " Connection failed with status CANCELLED.")
        case .refused where isHTTP:
            line(.error, text + " Connection failed with status ERROR_CONNECTION_FAILED.")
        default:
            line(.error, text, isVerified: false)
        }
    }

    /// The line of a process that ended.
    package func exited(_ exit: ProcessExit) -> Line {
        switch exit {
        case .code(let code): line(.warning, "Container called exit(\(code)).")
        case .signal(let signal): line(.warning, "Container terminated on signal \(signal).")
        }
    }

    /// The line of an instance that the owner's configuration no longer wants.
    package var userDisabled: Line { line(.info, "Shutting down user disabled instance") }

    /// The line of a liveness probe that has found something new; the end of the line of a success is unverified.
    package func livenessFound(isSuccess: Bool, inRow: Int) -> Line? {
        guard let liveness else { return nil }
        let subject = "LIVENESS \(liveness.handler.logName) probe"
        guard !isSuccess else {
            let count = inRow == 1 ? "1 attempt" : "\(inRow) attempts"
            let text = "\(subject) succeeded after \(count) for \(target(of: liveness))."
            return line(.info, text, isVerified: false)
        }
        let count = inRow == 1 ? "1 time" : "\(inRow) times"
        let text = "\(subject) failed \(count) consecutively for \(target(of: liveness))."
        return line(.error, text + " The instance has been shut down.", isVerified: liveness.handler.path != nil)
    }

    /// Returns the line that the platform logs for an event, absent where it logs none.
    package func line(for event: TimelineEvent) -> Line? {
        if profile.kubelet != nil { return KubeletEvents(container: profile.containerName).line(for: event) }
        return switch event {
        case .instanceStarted: startingInstance()
        case .probeSucceeded(let attempts): probeSucceeded(attempts: attempts)
        case .probeFailed(let failures, let saw): probeFailed(failures: failures, saw: saw)
        case .exited(let exit): exited(exit)
        case .stopRequested: userDisabled
        case .probeFound(.liveness, let isSuccess, let inRow, _): livenessFound(isSuccess: isSuccess, inRow: inRow)
        default: nil
        }
    }

    private var subject: String {
        "\(probe.isPlatformDefault ? "Default " : "")STARTUP \(probe.handler.logName) probe"
    }

    private var target: String { target(of: probe) }

    private func target(of probe: ProbeConfiguration) -> String {
        let port = probe.handler.port ?? profile.containerPort
        let path = probe.handler.path.map { " path \"\($0)\"" } ?? ""
        return "container \"\(profile.containerName)\" on port \(port)\(path)"
    }

    private func line(_ severity: Line.Severity, _ text: String, isVerified: Bool = true) -> Line {
        Line(severity: severity, text: text, isVerified: isVerified)
    }
}
