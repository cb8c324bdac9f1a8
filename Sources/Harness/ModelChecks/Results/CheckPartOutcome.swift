/// What came of a part of a check.
package struct CheckPartOutcome: Hashable, Sendable, Codable {
    /// The check as if it had looked at nothing else.
    package var check: CheckDocument.Check
    /// Whether every model ranked that had to.
    package var isKnown: Bool
}

extension CheckDocument.Check {
    /// Puts the parts of one check together to what the check of all of its sessions says.
    ///
    /// - Parameters:
    ///   - parts: The parts in the order of the sessions; one at least.
    ///   - shrunk: How many failures are kept with their smallest input.
    package init(_ parts: [CheckPartOutcome], shrunk: Int) {
        self = parts[0].check
        guard parts.count > 1 else { return }
        // A look that could not be taken leaves nothing to be said of the others.
        if let broken = parts.first(where: { $0.check.isBroken && $0.check.sessions.isEmpty }) {
            self = broken.check
            return
        }
        for part in parts.dropFirst().map(\.check) {
            sessions += part.sessions
            passedOver = passedOver.adding(part.passedOver)
            remarks = remarks.adding(part.remarks)
            comparisons += part.comparisons
            swappedInTies += part.swappedInTies
            failedSessions += part.failedSessions
        }
        failures = []
        for part in parts.filter({ !$0.check.failedSessions.isEmpty }).prefix(shrunk) {
            failures += part.check.failures
            guard !part.check.isBroken else {
                (result, reason) = (part.check.result, part.check.reason)
                return
            }
        }
        judge(isKnown: parts.allSatisfy(\.isKnown))
    }

    private var isBroken: Bool { result == CheckOutcome.Result.broken.rawValue }

    private mutating func judge(isKnown: Bool) {
        let verdict = CheckOutcome.Result(
            looks: sessions.count,
            failures: failedSessions.count,
            isKnown: isKnown
        )
        result = verdict.rawValue
        reason = verdict.reason(passedOver: passedOver.first?.text)
    }
}

extension [CheckDocument.Note] {
    /// These notes and others, each text once.
    fileprivate func adding(_ others: [CheckDocument.Note]) -> Self {
        others.reduce(into: self) { notes, other in
            if let place = notes.firstIndex(where: { $0.text == other.text }) {
                notes[place].sessions += other.sessions
            } else {
                notes.append(other)
            }
        }
    }
}
