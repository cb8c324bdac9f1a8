import Domain
import ModelComparison
import Scenarios

/// The recorded sessions that `compare` is given: in memory where they are few, read again as they are needed where they
/// are many.
struct RecordedInput: Sendable {
    /// The first sessions without what is held out, from which slices follow.
    let sample: [RecordedSession]
    /// Whether these are all of them.
    let isWhole: Bool
    /// Where what is relevant comes from.
    ///
    /// `nil` where nothing is held out: by a rule, by judgements, or by a mark in one of the first sessions.
    let relevance: String?
    /// The sessions with what is relevant to each.
    let sessions: ComparedSessions

    /// Reads the first sessions, or all of a pipe, which cannot be read again.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - rule: What is held out.
    ///   - judgements: What is relevant by another file, in place of what is held out.
    /// - Throws: `ScenarioError` with file, line and field.
    init(_ path: String, rule: HoldOut, judgements: Relevance?) throws(ScenarioError) {
        let isStream = InputFile.isStream(path)
        var stream = try SessionStream(path)
        let first = try stream.next(isStream ? .max : SlicePlan.sampleSize + 1)
        @Sendable func compared(_ session: RecordedSession) -> ComparedSession {
            let compared = rule.compared(session)
            guard let judgements else { return compared }
            return ComparedSession(compared.recorded ?? session, relevant: judgements[session.id.text])
        }
        isWhole = isStream || first.count <= SlicePlan.sampleSize
        sample = first.prefix(SlicePlan.sampleSize).map { rule.split($0).kept }
        relevance = judgements?.source ?? rule.source(isMarked: first.contains { !$0.heldOut.isEmpty })
        if isWhole {
            sessions = ComparedSessions(first.map(compared))
        } else {
            sessions = ComparedSessions(count: nil) { size, body in
                var stream = try SessionStream(path)
                while true {
                    let block = try stream.next(size)
                    if block.isEmpty { return }
                    try body(block.map(compared))
                }
            }
        }
    }

    /// The ids of all sessions; `nil` where they are too many to be held.
    var ids: [SessionID]? { isWhole ? sample.map(\.id) : nil }
}
