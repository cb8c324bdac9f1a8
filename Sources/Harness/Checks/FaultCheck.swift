import Observations
import Scenarios

/// Judges whether every fault has a receipt: a fault that did not strike has tested nothing, whatever else passed.
struct FaultCheck {
    let evidence: Evidence

    func verdicts() -> [Verdict] {
        let receipts = Dictionary(grouping: evidence.observation.receipts, by: \.fault)
        let planned = evidence.plan.faults.map { fault in
            let proofs = receipts[fault.number, default: []].map(\.evidence)
            return Verdict(
                check: "faults.\(fault.number)",
                subject: .faults,
                outcome: proofs.isEmpty ? .inconclusive : .passed,
                message: proofs.first.map { "fault \(fault.number) fired: \($0)" }
                    ?? "fault \(fault.number) left no proof that it fired, so the run proves nothing about it",
                location: fault.location,
                expected: "a receipt",
                actual: proofs.isEmpty ? "none" : "\(proofs.count)",
                details: Array(proofs.dropFirst())
            )
        }
        let known = Set(evidence.plan.faults.map(\.number))
        let unknown = evidence.observation.receipts.filter { !known.contains($0.fault) }
        guard !unknown.isEmpty else { return planned }
        let unplanned = Verdict(
            check: "faults.unplanned",
            subject: .faults,
            outcome: .inconclusive,
            message: "\(unknown.count) receipts belong to no fault of the scenario",
            expected: "receipts of the \(known.count) faults of the scenario",
            actual: unknown.map { "fault \($0.fault)" }.joined(separator: ", "),
            details: unknown.map(\.evidence)
        )
        return planned + [unplanned]
    }
}
