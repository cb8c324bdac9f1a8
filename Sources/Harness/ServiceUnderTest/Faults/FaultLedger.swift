package import Observations
private import Synchronization

/// Collects the proofs of faults from wherever they fire.
package final class FaultLedger: Sendable {
    private let collected = Mutex<[FaultReceipt]>([])

    /// Creates an empty ledger.
    package init() {}

    /// Records that a fault, by its number in the scenario, has fired.
    package func record(_ fault: Int, _ evidence: String) {
        collected.withLock { $0.append(FaultReceipt(fault: fault, evidence: evidence)) }
    }

    /// The proofs in the order of the faults' numbers, of one fault in the order in which they came.
    package var receipts: [FaultReceipt] {
        collected.withLock { receipts in
            receipts.enumerated()
                .sorted { ($0.element.fault, $0.offset) < ($1.element.fault, $1.offset) }
                .map(\.element)
        }
    }
}
