import P5
import Replay
import Scenarios

extension RankingLine {
    /// Creates the line of a session.
    ///
    /// - Parameters:
    ///   - ranking: The session's rankings.
    ///   - model: The model that P5 ranked with; `nil` where P5 was not asked to rank.
    init(_ ranking: SessionRanking, model: T5Model?) {
        self.init(
            session: ranking.session,
            svd: ranking.svd,
            next: ranking.next,
            p5: model == nil ? nil : ranking.p5,
            gaps: ranking.textGaps,
            notes: ranking.notes,
            tensors: model.map { Tensors(checkpoint: $0.sources.checkpoint, backbone: $0.sources.backbone) }
        )
    }
}
