/// The record of a person who accepted a session's new rankings.
package struct GoldenAcceptance: Hashable, Sendable, Codable {
    /// Who accepted.
    package let who: String
    /// When, in ISO 8601 and UTC.
    package let when: String
    /// The class of what was accepted.
    package let risk: GoldenRisk
    /// Why; always there where the class is high.
    package let reason: String?
    /// The program that made the accepted rankings.
    package let maker: GoldenMaker

    enum CodingKeys: String, CodingKey {
        case who, when, risk, reason
        case maker = "made_by"
    }

    /// Creates a record.
    package init(who: String, when: String, risk: GoldenRisk, reason: String?, maker: GoldenMaker) {
        self.who = who
        self.when = when
        self.risk = risk
        self.reason = reason
        self.maker = maker
    }
}
