import RankingMetrics

/// Compares two rankings by a workspace of its own.
func agreement<Movie: Hashable & Sendable>(
    _ old: [Movie],
    scores oldScores: [Double] = [],
    _ new: [Movie],
    scores newScores: [Double] = [],
    depths: [Int] = [],
    persistence: Double = 0.9
) -> RankingAgreement {
    var numbers = MovieNumbers<Movie>()
    let (old, new) = (numbers.distinct(old), numbers.distinct(new))
    return AgreementWorkspace(movies: numbers.count)
        .agreement(
            old.span,
            oldScores.span,
            new.span,
            newScores.span,
            depths: depths,
            persistence: persistence
        )
}
