package import Domain

/// The pending differences of one golden, and how they change by checks and by decisions.
package struct PendingSet: Sendable {
    /// The differences: files first, then sessions in the order in which they were found.
    package private(set) var entries: [PendingEntry]

    /// Creates a set.
    package init(_ entries: [PendingEntry] = []) {
        self.entries = entries
    }

    /// The differences that nobody has looked at.
    package var open: [PendingEntry] { entries.filter { $0.status == .open } }

    /// The differences that somebody has rejected.
    package var rejected: [PendingEntry] { entries.filter { $0.status == .rejected } }

    /// Puts what a check found in the place of what earlier ones found of the same sessions.
    ///
    /// What somebody rejected stays rejected for as long as it is the same; what was not looked at stays as it is.
    ///
    /// - Parameters:
    ///   - found: What the check found.
    ///   - checked: The sessions that it looked at.
    ///   - knowsFiles: Whether it looked at the files that rankings follow from.
    /// - Complexity: O(*n*) in the number of differences.
    package mutating func update(_ found: [PendingEntry], checked: Set<SessionID>, knowsFiles: Bool) {
        let looked = Set(checked.map(\.text) + found.map(\.id) + (knowsFiles ? [PendingEntry.filesID] : []))
        let earlier = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = entries.filter { !looked.contains($0.id) }
        let new = found.map { entry in
            guard let old = earlier[entry.id], old.isSame(as: entry) else { return entry }
            return old.rejection.map(entry.rejected) ?? entry
        }
        let all = kept + new
        entries = all.filter { $0.id == PendingEntry.filesID } + all.filter { $0.id != PendingEntry.filesID }
    }

    /// Takes differences as right: they leave the set and enter the golden.
    ///
    /// Nothing changes where one of them may not be accepted.
    ///
    /// - Parameters:
    ///   - ids: Which ones; all of them must be there.
    ///   - decision: Who accepts, when and why.
    ///   - header: What the differences are about.
    ///   - document: The golden.
    ///   - state: The state that it is for.
    /// - Throws: `PendingError` where a difference is not there or needs a reason; `GoldenError` where the golden cannot be
    ///   changed.
    /// - Complexity: O(*n*·*m*) for *n* accepted differences and *m* sessions of the golden.
    package mutating func accept(
        _ ids: Set<String>,
        by decision: PendingDecision,
        of header: PendingHeader,
        into document: inout GoldenDocument,
        state: GoldenState
    ) throws {
        let chosen = try chosen(ids)
        let unexplained = chosen.filter { $0.risk == .high }.map(\.id)
        guard unexplained.isEmpty || decision.reason != nil else {
            throw PendingError(.needsReason, ids: unexplained)
        }
        for entry in chosen {
            guard let now = entry.now else {
                try document.accept(header.inputs)
                continue
            }
            try document.accept(now, decision.acceptance(risk: entry.risk, maker: entry.maker), in: state)
        }
        entries.removeAll { ids.contains($0.id) }
    }

    /// Takes differences as wrong: they stay, and fail for as long as they are there.
    ///
    /// - Parameters:
    ///   - ids: Which ones; all of them must be there.
    ///   - decision: Who rejects, when and why.
    /// - Throws: `PendingError` where a difference is not there.
    package mutating func reject(_ ids: Set<String>, by decision: PendingDecision) throws(PendingError) {
        _ = try chosen(ids)
        let rejection = PendingEntry.Rejection(who: decision.who, when: decision.when, reason: decision.reason)
        entries = entries.map { ids.contains($0.id) ? $0.rejected(rejection) : $0 }
    }

    private func chosen(_ ids: Set<String>) throws(PendingError) -> [PendingEntry] {
        let chosen = entries.filter { ids.contains($0.id) }
        let unknown = ids.subtracting(chosen.map(\.id)).sorted()
        guard unknown.isEmpty else { throw PendingError(.notPending, ids: unknown) }
        return chosen
    }
}
