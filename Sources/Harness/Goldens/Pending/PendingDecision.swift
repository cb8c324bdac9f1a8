/// Who decides about a difference, when, and why.
package struct PendingDecision: Hashable, Sendable {
    /// Who decides.
    package let who: String
    /// When, in ISO 8601 and UTC.
    package let when: String
    /// Why; `nil` where nothing is said.
    package let reason: String?

    /// Creates a decision; a reason without a word is none.
    package init(who: String, when: String, reason: String?) {
        self.who = who
        self.when = when
        self.reason = reason.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    func acceptance(risk: GoldenRisk, maker: GoldenMaker) -> GoldenAcceptance {
        GoldenAcceptance(who: who, when: when, risk: risk, reason: reason, maker: maker)
    }
}
