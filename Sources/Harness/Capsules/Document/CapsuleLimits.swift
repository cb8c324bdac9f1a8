import Domain
import Scenarios

/// What the parts of a capsule must be for it to be played, whoever wrote it.
struct CapsuleLimits {
    private let capsule: Capsule
    private let path: String

    /// Looks at a capsule of a file.
    init(_ capsule: Capsule, path: String) {
        self.capsule = capsule
        self.path = path
    }

    /// Refuses what no Coldstart writes.
    ///
    /// - Throws: `ScenarioError` with the member that is wrong.
    func check() throws(ScenarioError) {
        var sessions: Set<SessionID> = []
        for session in capsule.sessions where !sessions.insert(session.session).inserted {
            throw error("`sessions` holds \(session.session) twice")
        }
        for session in capsule.sessions {
            guard let rating = session.ratings.first(where: { !(0...10).contains($0.rating) }) else { continue }
            throw error("`sessions`: found the rating \(rating.rating), expected a number from 0 to 10")
        }
        for (stage, nanoseconds) in capsule.measured.sorted(by: { $0.key < $1.key }) {
            guard InitialisationStage(rawValue: stage) != nil, (0...86_400_000_000_000).contains(nanoseconds) else {
                throw error(
                    "`measured`: found \(stage): \(nanoseconds), expected a stage and its nanoseconds, at most 24 h"
                )
            }
        }
        for answer in capsule.answers {
            for (name, count) in [("svd", answer.svd?.count ?? 0), ("p5", answer.p5?.count ?? 0)] where count > 100 {
                throw error("`answers`: request \(answer.request) has \(count) places of \(name), expected at most 100")
            }
        }
        if capsule.origin != .log, capsule.start == nil {
            throw error("`start` is missing, which a capsule of a run has")
        }
    }

    private func error(_ message: String) -> ScenarioError {
        ScenarioError(.schema, path: path, message + "; a capsule is what Coldstart wrote, unchanged")
    }
}
