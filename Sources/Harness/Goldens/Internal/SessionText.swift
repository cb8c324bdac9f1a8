import Domain

/// A session's golden as a line of JSON, with the margins and the tie classes that follow from its scores.
struct SessionText {
    private let session: GoldenSession
    private let state: GoldenState

    init(_ session: GoldenSession, state: GoldenState) {
        self.session = session
        self.state = state
    }

    /// The line.
    var line: String {
        let svd = zip(session.svd.places, session.svd.margins())
            .map { SessionRecord.SVDPlace(movie: $0.movie, score: $0.score, margin: $1) }
        let p5 = zip(session.p5.places, session.p5.margins())
            .map {
                SessionRecord.P5Place(
                    movie: $0.movie,
                    score: $0.score,
                    text: $0.text,
                    gap: $0.gap,
                    margin: $1
                )
            }
        var members = JSONMembers()
        members.set("session_id", session.id)
        members.set("svd", svd)
        members.set("svd_next", session.svd.next.map { SessionRecord.Candidate(movie: $0.movie, score: $0.score) })
        members.set("svd_ties", Self.ranks(session.svd.tieClasses()))
        members.set("p5", state == .full ? p5 : [])
        if state == .full {
            members.set("p5_ties", Self.ranks(session.p5.tieClasses()))
            members.set("display", displays)
        }
        members.set("accepted", session.accepted.isEmpty ? nil : session.accepted)
        return members.line
    }

    private var displays: SessionRecord.Displays {
        func entries(_ start: Model) -> [SessionRecord.DisplayEntry] {
            session.displays[start]?.entries.map(SessionRecord.DisplayEntry.init) ?? []
        }
        return SessionRecord.Displays(svd: entries(.svd), p5: entries(.p5))
    }

    private static func ranks(_ classes: [ClosedRange<Int>]) -> [[Int]] {
        classes.map { [$0.lowerBound, $0.upperBound] }
    }
}
