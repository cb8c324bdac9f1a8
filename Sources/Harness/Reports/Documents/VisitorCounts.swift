import Domain

/// How many visitors see what.
struct VisitorCounts {
    /// How many visitors there are.
    let all: Int
    /// How many of them see the silent fallback.
    let fallbacks: Int
    /// What the first of them sees, in order.
    let firstMovies: [String]

    /// Counts what was seen.
    ///
    /// - Complexity: O(*n*) in the number of visitors.
    init(_ visitors: [VisitorView]) {
        all = visitors.count
        fallbacks = visitors.count(where: \.isFallback)
        firstMovies = visitors.first?.movies.map(\.text) ?? []
    }

    /// Counts what a report says was seen.
    init(_ visitors: [ScenarioReport.VisitorReport]) {
        all = visitors.count
        fallbacks = visitors.count(where: \.fallback)
        firstMovies = visitors.first?.movies ?? []
    }
}
