import Domain

/// One difference that waits for a person, or that a person has rejected.
package struct PendingEntry: Hashable, Sendable {
    /// Whether somebody has looked at it.
    package enum Status: String, Hashable, Sendable, Codable, CaseIterable {
        /// Nobody has.
        case open
        /// Somebody has, and found it wrong: it fails for as long as it is there.
        case rejected
    }

    /// Who rejected it, when, and why.
    package struct Rejection: Hashable, Sendable, Codable {
        /// Who rejected it.
        package let who: String
        /// When, in ISO 8601 and UTC.
        package let when: String
        /// Why, where that was said.
        package let reason: String?

        /// Creates a record.
        package init(who: String, when: String, reason: String?) {
            self.who = who
            self.when = when
            self.reason = reason
        }
    }

    /// The id of the entry about the files that rankings follow from.
    package static let filesID = "files"

    /// The session's id, or that of the files.
    package let id: String
    /// How much a person takes on by accepting it.
    package let risk: GoldenRisk
    /// What differs, in one line.
    package let summary: String
    /// What differs, line by line.
    package let details: [String]
    /// The program that made the rankings of now.
    package let maker: GoldenMaker
    /// The rankings of now; `nil` where the entry is about files.
    package let now: GoldenSession?
    /// Who rejected it; `nil` where nobody did.
    package private(set) var rejection: Rejection?

    /// Creates an entry.
    package init(
        id: String,
        risk: GoldenRisk,
        summary: String,
        details: [String] = [],
        maker: GoldenMaker,
        now: GoldenSession? = nil,
        rejection: Rejection? = nil
    ) {
        self.id = id
        self.risk = risk
        self.summary = summary
        self.details = details
        self.maker = maker
        self.now = now
        self.rejection = rejection
    }

    /// Creates the entry of a session that differs.
    ///
    /// - Parameters:
    ///   - difference: The difference.
    ///   - maker: The program that made the rankings of now.
    ///   - notes: What the models said while they ranked, and which part of them moved it.
    package init(_ difference: SessionDifference, by maker: GoldenMaker, notes: [String] = []) {
        self.init(
            id: difference.now.id.text,
            risk: difference.risk,
            summary: difference.summary,
            details: notes + difference.details(),
            maker: maker,
            now: difference.now
        )
    }

    /// Creates the entry of files that are not the golden's.
    ///
    /// - Parameters:
    ///   - changes: One line for each file; there is at least one.
    ///   - maker: The program that made the rankings of now.
    package init(files changes: [String], by maker: GoldenMaker) {
        self.init(
            id: Self.filesID,
            risk: .low,
            summary: changes.count == 1 ? changes[0] : "\(changes.count) files are not those of the golden",
            details: changes,
            maker: maker
        )
    }

    /// Whether somebody has looked at it.
    package var status: Status { rejection == nil ? .open : .rejected }

    /// Returns the entry as somebody rejected it.
    package func rejected(_ rejection: Rejection) -> PendingEntry {
        var entry = self
        entry.rejection = rejection
        return entry
    }

    /// Returns whether the same is ranked now, so that what a person said of one holds for the other.
    package func isSame(as other: PendingEntry) -> Bool {
        id == other.id && maker == other.maker && summary == other.summary && now?.svd == other.now?.svd
            && now?.p5 == other.now?.p5 && (now != nil || details == other.details)
    }
}
