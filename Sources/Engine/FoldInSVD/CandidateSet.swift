package import Domain

/// The movies to choose from, resolved once to the rows of a model.
///
/// Sessions share the catalogue but for the few movies that each has seen, so that the resolved set serves all of them
/// and only the exclusions differ.
package struct CandidateSet: Sendable {
    /// The number of known candidates.
    package var count: Int { rows.count }
    /// The number of given candidates that the model does not know.
    package let unknownCount: Int

    /// The model whose rows these are.
    let model: FoldInModel
    /// The row of each known candidate, in the order in which they were given.
    let rows: [Int32]
    /// Whether the candidates are all movies of the model in its own order.
    let isWholeModel: Bool
    /// The place among the candidates of each row of the model, −1 where its movie is none.
    private let positionsByRow: [Int32]

    /// Resolves candidates; those unknown to the model are dropped, and of a movie given twice the first place counts.
    ///
    /// - Complexity: O(*n*).
    package init(_ candidates: some Sequence<MovieID>, of model: FoldInModel) {
        var rows: [Int32] = []
        var positionsByRow = [Int32](repeating: -1, count: model.movies.count)
        var unknownCount = 0
        let expected = candidates.underestimatedCount
        // Catalogues mostly keep the model's order: a comparison with the movie of the next row is much cheaper than
        // looking the movie up.
        let movies = model.movies
        var nextRow = 0
        rows.reserveCapacity(expected)
        for movie in candidates {
            let isNext = nextRow < movies.count && movies[nextRow] == movie
            guard let row = isNext ? nextRow : model.row(of: movie) else {
                unknownCount += 1
                continue
            }
            nextRow = row + 1
            guard positionsByRow[row] < 0 else { continue }
            // Fits: the model refuses more rows than 32 bits count.
            positionsByRow[row] = Int32(rows.count)
            rows.append(Int32(row))
        }
        self.rows = rows
        self.positionsByRow = positionsByRow
        self.unknownCount = unknownCount
        self.model = model
        self.isWholeModel = rows.count == model.movies.count && rows.enumerated().allSatisfy { $0.offset == $0.element }
    }

    /// Whether the rows are those of a model.
    package func belongs(to model: FoldInModel) -> Bool { self.model === model }

    /// The known candidates in the order in which they were given.
    package var movies: [MovieID] { rows.map { model.movies[Int($0)] } }

    /// The movie at a place among the candidates.
    func movie(at place: Int) -> MovieID { model.movies[Int(rows[place])] }

    /// The place of a movie among the candidates.
    func position(of movie: MovieID) -> Int? {
        guard let row = model.row(of: movie), positionsByRow[row] >= 0 else { return nil }
        return Int(positionsByRow[row])
    }
}
