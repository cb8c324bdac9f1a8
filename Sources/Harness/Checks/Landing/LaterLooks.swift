import Domain
import Observations

/// What was seen of each session's rows after an answer: before its later requests, and at the end.
struct LaterLooks {
    private let answers: [SessionID: [ObservedAnswer]]
    private let final: RowsBySession

    /// Groups the looks by session.
    ///
    /// - Complexity: O(*n*) in the answers and rows.
    init(_ answers: [ObservedAnswer], at end: [StoredRecommendation]) {
        self.answers = Dictionary(grouping: answers, by: \.session)
        final = RowsBySession(end)
    }

    /// Returns the rows that later looks at an answer's session found, the last look included.
    func rows(after answer: ObservedAnswer) -> [StoredRecommendation] {
        (answers[answer.session] ?? []).filter { $0.finishedAt > answer.finishedAt }.flatMap(\.rowsBefore)
            + final[answer.session]
    }
}
