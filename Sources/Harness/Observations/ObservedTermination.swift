package import ContainerPlatform

/// What a service did when it was told to end, by SIGTERM.
package struct ObservedTermination: Hashable, Sendable {
    /// When it was told to, from the start of the instance.
    package let sent: Duration
    /// How long the process was waited for before it was killed, in the scenario's time.
    package let waited: Duration
    /// How it ended within that time, `nil` where it did not and was killed.
    package let exit: ProcessExit?

    /// Creates an observation.
    ///
    /// - Parameters:
    ///   - sent: The moment of SIGTERM.
    ///   - waited: The time from SIGTERM to the end, or to SIGKILL where it had not ended by then.
    ///   - exit: How it ended, `nil` where it had to be killed.
    package init(sent: Duration, waited: Duration, exit: ProcessExit?) {
        self.sent = sent
        self.waited = waited
        self.exit = exit
    }
}
