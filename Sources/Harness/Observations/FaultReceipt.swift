/// The proof that a fault of the scenario fired.
package struct FaultReceipt: Hashable, Sendable {
    /// The fault's number in the scenario, from 1.
    package let fault: Int
    /// What was done, such as "backend 4711 terminated between the two sets of request 2".
    package let evidence: String

    /// Creates a receipt.
    package init(fault: Int, evidence: String) {
        self.fault = fault
        self.evidence = evidence
    }
}
