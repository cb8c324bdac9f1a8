/// The order in which trec_eval, and with it ir-measures, reads a run: by score, equal scores by document id.
///
/// Ranks in a run file count for nothing. Scores are compared as 32-bit floats, the larger first; equal ones by the bytes
/// of the document id, the larger first (trec_eval 9.0, `form_res_rels.c`, as in pytrec_eval-terrier 0.5.11).
package struct TrecEvalOrder: Sendable {
    /// By dense number: the place of its id among all, by bytes.
    private let byteOrder: [Int32]

    /// Orders ids.
    ///
    /// - Parameter documents: The ids by dense number.
    /// - Complexity: O(*n* log *n*).
    package init(documents: [String]) {
        var order = Array(repeating: Int32(0), count: documents.count)
        let sorted = documents.indices.sorted {
            documents[$0].utf8.lexicographicallyPrecedes(documents[$1].utf8)
        }
        for (place, document) in sorted.enumerated() { order[document] = Int32(place) }
        byteOrder = order
    }

    /// Returns the places of a run in the order in which it is judged, where ids are looked at for equal scores alone.
    ///
    /// - Parameters:
    ///   - scores: A score for each place.
    ///   - document: The id of a place.
    /// - Returns: The places, best first.
    /// - Precondition: None of the scores is NaN.
    /// - Complexity: O(*n* log *n*).
    package static func places(of scores: [Double], document: (Int) -> String) -> [Int] {
        precondition(!scores.contains(where: \.isNaN), "a score is no number")
        return scores.indices.sorted { left, right in
            let (first, second) = (Float(scores[left]), Float(scores[right]))
            guard first == second else { return first > second }
            return document(right).utf8.lexicographicallyPrecedes(document(left).utf8)
        }
    }

    /// Returns a run in the order in which it is judged.
    ///
    /// - Parameters:
    ///   - movies: Dense numbers.
    ///   - scores: A score for each.
    /// - Returns: The movies, best first.
    /// - Precondition: As many scores as movies, none of them NaN.
    /// - Complexity: O(*n* log *n*).
    package func sorted(_ movies: [Int32], scores: [Double]) -> [Int32] {
        precondition(movies.count == scores.count, "\(scores.count) scores of \(movies.count) movies")
        precondition(!scores.contains(where: \.isNaN), "a score is no number")
        return zip(movies, scores)
            .map { (movie: $0, score: Float($1), id: byteOrder[Int($0)]) }
            .sorted { ($0.score, $0.id) > ($1.score, $1.id) }
            .map(\.movie)
    }
}
