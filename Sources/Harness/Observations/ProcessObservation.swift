/// What only a real process of this machine shows beside its start, answers and rows.
package struct ProcessObservation: Hashable, Sendable {
    /// How late the run was through no doing of the service.
    package var lateness: Lateness
    /// How the process ended when it was told to, `nil` where it had ended before.
    package var termination: ObservedTermination?
    /// Where it listened instead, where it was not found at the address that it is to listen on.
    package var misplaced: MisplacedService?
    /// The most resident memory, in bytes, that one of its processes held by the end of a start; `nil` where no start was
    /// seen to end, or the system does not say.
    package var peakMemory: Int?
    /// The lines of its log that it calls errors, the first of them.
    package var errorLines: [LoggedLine]

    /// Creates what was seen.
    package init(
        lateness: Lateness = Lateness(),
        termination: ObservedTermination? = nil,
        misplaced: MisplacedService? = nil,
        peakMemory: Int? = nil,
        errorLines: [LoggedLine] = []
    ) {
        self.lateness = lateness
        self.termination = termination
        self.misplaced = misplaced
        self.peakMemory = peakMemory
        self.errorLines = errorLines
    }
}
