/// One life of a container that was restarted.
package struct ContainerLife: Hashable, Sendable, Codable {
    /// Its number, from 1.
    package let number: Int
    /// When it began, since instance start.
    package let began: Duration
    /// When it ended.
    package let ended: Duration
    /// How its start went.
    package let outcome: StartupSummary.Outcome
    /// The attempts of the startup probe in it.
    package let attempts: Int
    /// The moment at which an attempt would first have succeeded in it.
    package let couldPass: Duration?
    /// The probe for whose failure it was ended; absent where it ended by itself.
    package let failedProbe: ProbeKind?
    /// How its process ended.
    package let exit: ProcessExit

    /// Creates a life that is over.
    package init(
        number: Int,
        began: Duration,
        ended: Duration,
        outcome: StartupSummary.Outcome,
        attempts: Int,
        couldPass: Duration? = nil,
        failedProbe: ProbeKind?,
        exit: ProcessExit
    ) {
        self.number = number
        self.began = began
        self.ended = ended
        self.outcome = outcome
        self.attempts = attempts
        self.couldPass = couldPass
        self.failedProbe = failedProbe
        self.exit = exit
    }
}
