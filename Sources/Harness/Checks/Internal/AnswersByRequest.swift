import Observations

/// The answers of a run, found by the number of their request.
struct AnswersByRequest: Sendable {
    private let answers: [ObservedAnswer]
    private let places: [Int: Int]

    /// Finds the place of each request's answer, of the first where there are several.
    ///
    /// - Complexity: O(*n*) in the number of answers.
    init(_ answers: [ObservedAnswer]) {
        self.answers = answers
        places = Dictionary(answers.indices.map { (answers[$0].request, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The answer to a request, `nil` where none was seen.
    subscript(request: Int) -> ObservedAnswer? { places[request].map { answers[$0] } }
}
