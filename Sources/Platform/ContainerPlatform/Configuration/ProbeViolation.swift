/// A rule that a probe configuration breaks.
package struct ProbeViolation: Hashable, Sendable, Codable {
    /// How bad it is.
    package enum Severity: String, Hashable, Sendable, Codable {
        /// The platform refuses the configuration.
        case error
        /// The platform accepts it, and the start is likely to go wrong.
        case warning
    }

    /// The rules, by the codes that reports show.
    package enum Rule: String, Hashable, Sendable, Codable, CaseIterable {
        /// The timeout is longer than the period.
        case timeoutAbovePeriod = "E1"
        /// Threshold times period is above the cap.
        case budgetAboveCap = "E3"
        /// A number lies outside its field's range.
        case outOfRange = "E6"
        /// The HTTP path is empty or does not begin with a slash.
        case invalidPath = "E7"
        /// The port is not a port number.
        case invalidPort = "E8"
        /// A time is not a whole number of seconds.
        case notWholeSeconds = "E9"
        /// A number is above the older limit that some documents still state.
        case aboveOlderLimit = "W1"
        /// An HTTP probe has one try, before the server listens.
        case singleTryTooEarly = "W2"
        /// The service is ready only after the last attempt.
        case readyTooLate = "W3"
        /// The probe passes before the service is ready.
        case passesTooEarly = "W4"
        /// The rest of the load has no CPU once the probe has passed.
        case backgroundStarves = "W5"
        /// The period is so long that the start is rounded up by much.
        case coarsePeriod = "W6"
        /// The path cannot be fetched from outside.
        case reservedPath = "W9"
        /// The probe asks another port than the container's.
        case otherPort = "W10"
    }

    /// The rule.
    package let rule: Rule
    /// How bad it is.
    package let severity: Severity
    /// The field that is wrong, as the service's YAML spells it.
    package let field: String
    /// What is wrong and why, in one sentence.
    package let reason: String
    /// The text with which the platform refuses a deployment, where it is known, without the resource's name before it.
    package let deployError: String?

    /// Creates a violation.
    package init(rule: Rule, severity: Severity, field: String, reason: String, deployError: String? = nil) {
        self.rule = rule
        self.severity = severity
        self.field = field
        self.reason = reason
        self.deployError = deployError
    }
}
