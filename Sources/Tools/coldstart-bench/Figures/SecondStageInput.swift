import Domain
import FoldInSVD
import ModelFiles
import P5
import Scenarios

/// One request to P5: a session, its history and 100 movies that P5 knows.
struct SecondStageInput {
    /// The session, which the prompts name.
    let session: SessionID
    /// The ratings, newest first.
    let history: [Rating]
    /// The movies, best first.
    let movies: [RankedMovie]
    /// The internal ids by which the prompts name movies.
    let dataMaps: DataMaps
    /// The prompts, one a movie.
    let prompts: [String]
    /// A prompt and its answer for each rating, as a soft prompt is trained on them.
    let examples: [[String]]
    /// The mean of the prompts' tokens.
    let tokensAPrompt: Double

    private init(
        _ session: SessionID,
        history: [Rating],
        movies: [RankedMovie],
        dataMaps: DataMaps,
        tokenizer: Tokenizer
    ) throws {
        self.session = session
        self.history = history
        self.movies = movies
        self.dataMaps = dataMaps
        let prompt = RatingPrompt(session: session, history: history, dataMaps: dataMaps)
        self.prompts = movies.compactMap { dataMaps.internalID(of: $0.movie).map(prompt.text) }
        self.examples = history.compactMap { rating in
            dataMaps.internalID(of: rating.movie).map { [prompt.text(for: $0), String(Int(rating.value))] }
        }
        let tokens = try prompts.map { try tokenizer.encode($0, maximumLength: P5Settings().maximumLength).count }
        self.tokensAPrompt = Double(tokens.reduce(0, +)) / Double(max(1, tokens.count))
    }

    /// The first recorded session as it is.
    static func recorded(_ bench: Bench) throws -> SecondStageInput {
        let parts = try Parts(bench)
        return try SecondStageInput(
            parts.session.id,
            history: parts.session.history(limit: 50),
            movies: parts.movies,
            dataMaps: parts.dataMaps,
            tokenizer: parts.tokenizer
        )
    }

    /// The first recorded session with as many ratings of others as bring its prompts closest to a length.
    static func recorded(
        _ bench: Bench,
        tokensAPrompt wanted: Double,
        movies: Int = 100
    ) throws -> SecondStageInput {
        let parts = try Parts(bench, movies: movies)
        let inputs = try (0...RatingPrompt.historyLimit)
            .map { count in
                try SecondStageInput(
                    parts.session.id,
                    history: Array(parts.ratings.prefix(count)),
                    movies: parts.movies,
                    dataMaps: parts.dataMaps,
                    tokenizer: parts.tokenizer
                )
            }
        let best = inputs.min { abs($0.tokensAPrompt - wanted) < abs($1.tokensAPrompt - wanted) }
        guard let best else { preconditionFailure("no lengths of history") }
        return best
    }

    /// The same request where the rated movies have internal ids of one digit more.
    ///
    /// Those of the demo have four digits, those of a model with more than 10,000 movies have five. Movies that are
    /// only ranked keep theirs.
    ///
    /// - Parameter tokenizer: The tokenizer that counts.
    /// - Returns: The request with longer prompts.
    /// - Throws: The error of the tokenizer.
    func withLongerIDs(_ tokenizer: Tokenizer) throws -> SecondStageInput {
        var ids: [MovieID: String] = [:]
        for movie in movies { ids[movie.movie] = dataMaps.internalID(of: movie.movie) }
        for rating in history { ids[rating.movie] = dataMaps.internalID(of: rating.movie).map { "1" + $0 } }
        return try SecondStageInput(
            session,
            history: history,
            movies: movies,
            dataMaps: DataMaps(internalIDs: ids),
            tokenizer: tokenizer
        )
    }

    /// The texts of a ranking in the order of the movies.
    func texts(in ranking: Ranking) -> [String] {
        let generated = Dictionary(
            ranking.places.map { ($0.movie, $0.text ?? "") },
            uniquingKeysWith: { first, _ in first }
        )
        return movies.map { generated[$0.movie] ?? "" }
    }

    /// What inputs are made from.
    private struct Parts {
        let session: RecordedSession
        let ratings: [Rating]
        let movies: [RankedMovie]
        let dataMaps: DataMaps
        let tokenizer: Tokenizer

        init(_ bench: Bench, movies count: Int = 100) throws {
            let sessions = try SessionReader.read(bench.sessions)
            let svd = try FoldInModel(directory: bench.bundle.svdDirectory)
            let dataMaps = try DataMaps(path: bench.bundle.dataMaps)
            self.session = sessions[0]
            self.ratings = sessions.flatMap { $0.history(limit: 50) }
                .filter { dataMaps.internalID(of: $0.movie) != nil }
            self.dataMaps = dataMaps
            self.tokenizer = try Tokenizer(modelPath: bench.bundle.sentencePieceModel)
            guard let user = svd.userVector(for: session.history(limit: 50)) else {
                throw BenchError("\(bench.sessions): the first session has no rating that the SVD model knows")
            }
            let candidates = try CatalogueReader.read(bench.catalogue).map(\.id)
            let known = svd.rank(user, candidates: candidates, limit: 4 * count).places
                .filter { dataMaps.internalID(of: $0.movie) != nil }
            self.movies = Array(known.prefix(count))
        }
    }
}
