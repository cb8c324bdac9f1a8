/// Whether the invariants held in one cell of a sweep.
///
/// There is never a partial set. An answer of 200 means that its rows are there. An error means that the earlier set is
/// intact, unless the server had committed by then. Where the process was killed with the request in flight either set is
/// right, but whole. And once the fault is over the service serves again.
package struct CellVerdict: Hashable, Sendable {
    /// How a cell ended.
    package enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// The fault struck, and the invariants held.
        case passed
        /// An invariant did not hold.
        case failed
        /// The fault did not strike, or the cell could not be run.
        case inconclusive
        /// The boundary is none that this service shows: the cell is counted apart and says nothing about it.
        case setAside = "set_aside"
    }

    /// How it ended.
    package let outcome: Outcome
    /// What the cell of the matrix shows, in a few words.
    package let summary: String
    /// What is wrong, or why there is no verdict; empty where it passed.
    package let findings: [String]

    /// Judges a cell.
    package init(_ cell: CellObservation) {
        let state = RowState(cell.after, earlier: cell.earlier, expected: cell.expected)
        let answer = cell.answer.map { $0.status.map(String.init) ?? "no answer" } ?? "no request"
        if let obstacle = cell.obstacle {
            self.init(outcome: .inconclusive, summary: "not run", findings: [obstacle])
            return
        }
        if let reason = cell.setAside {
            self.init(outcome: .setAside, summary: "not announced", findings: [reason])
            return
        }
        let violations = Self.violations(cell, state) + Self.violationsOfRecovery(cell)
        let shown = "\(answer), \(state.word)"
        if !violations.isEmpty {
            self.init(outcome: .failed, summary: shown, findings: violations)
        } else if cell.receipts.isEmpty, cell.ownCommits > 1 {
            let finding =
                "the service commits each statement by itself, \(cell.ownCommits) times in this request: there is no "
                + "commit of the whole set, and a crash between two of them leaves a part of it"
            self.init(outcome: .failed, summary: "no transaction", findings: [finding])
        } else if cell.receipts.isEmpty {
            let finding = "the fault left no proof that it struck, so nothing is known of it"
            self.init(outcome: .inconclusive, summary: "did not strike", findings: [finding])
        } else if cell.earlier.isEmpty {
            self.init(outcome: .inconclusive, summary: shown, findings: ["there was no earlier set to be lost"])
        } else {
            self.init(outcome: .passed, summary: shown, findings: [])
        }
    }

    private init(outcome: Outcome, summary: String, findings: [String]) {
        self.outcome = outcome
        self.summary = summary
        self.findings = findings
    }

    private static func violations(_ cell: CellObservation, _ state: RowState) -> [String] {
        switch state {
        case .partial(let flaws): return ["a partial set is left: \(flaws)"]
        case .lost: return ["all \(cell.earlier.count) rows of the earlier set are lost, and there is no new one"]
        case .earlier, .new: break
        }
        if let saved = cell.answer?.saved, cell.answer?.status == 200 {
            let promised = saved.svd + saved.p5 > 0
            if promised, state == .earlier { return ["the answer says 200, and the rows it speaks of are not there"] }
            if !promised, state == .new { return ["the answer says that nothing was saved, and there is a new set"] }
            if promised, saved != cell.expected {
                return [
                    "the answer says \(saved.svd) and \(saved.p5) rows, there are \(cell.expected.svd) and "
                        + "\(cell.expected.p5)"
                ]
            }
            return []
        }
        if cell.boundary.isCommitted {
            return state == .earlier ? ["the server had confirmed the commit, and the rows are not there"] : []
        }
        // In flight at the kill: either set, but whole.
        if cell.fault == .kill, !cell.boundary.isOfStart { return [] }
        return state == .new ? ["the request got no 200, and the earlier set is replaced all the same"] : []
    }

    private static func violationsOfRecovery(_ cell: CellObservation) -> [String] {
        guard let recovery = cell.recovery else { return [] }
        guard recovery.status == 200, let saved = recovery.saved else {
            let said = recovery.status.map { "\($0)" } ?? "no answer"
            return ["once the fault was over a request got \(said): \(recovery.detail ?? "no word")"]
        }
        let state = RowState(cell.recovered, earlier: [], expected: saved)
        return state == .new ? [] : ["after the fault a request got 200, and its rows are not whole: \(state.word)"]
    }
}
