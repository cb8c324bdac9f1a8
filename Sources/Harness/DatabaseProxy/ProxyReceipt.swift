/// The proof that a rule has fired.
package struct ProxyReceipt: Hashable, Sendable {
    /// The rule.
    package let rule: ProxyRuleID
    /// When it fired, from the start of the proxy.
    package let at: Duration
    /// The number of the connection, from 1 in order of arrival; `nil` for what many connections met.
    package let connection: Int?
    /// The server process that served the connection, `nil` where none had said so.
    package let backendPID: Int?
    /// What was done, in figures.
    package let evidence: String

    /// Creates a receipt.
    package init(
        rule: ProxyRuleID,
        at: Duration,
        connection: Int? = nil,
        backendPID: Int? = nil,
        evidence: String
    ) {
        self.rule = rule
        self.at = at
        self.connection = connection
        self.backendPID = backendPID
        self.evidence = evidence
    }
}
