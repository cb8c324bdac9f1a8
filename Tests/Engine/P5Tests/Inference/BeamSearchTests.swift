import Testing

@testable import P5

struct BeamSearchTests {
    private typealias Continuation = BeamSearch.Continuation

    private func search(limit: Int = 9) -> BeamSearch { BeamSearch(beams: 2, endTokens: [1], limit: limit) }

    @Test
    func `texts that end among the first half are finished, the others go on`() {
        var search = search()
        let next = search.advance([
            Continuation(beam: 0, token: 5, score: -0.5), Continuation(beam: 0, token: 1, score: -1),
            Continuation(beam: 0, token: 6, score: -2), Continuation(beam: 0, token: 7, score: -3),
        ])
        #expect(next.map(\.token) == [5, 6])
        #expect(search.finished == [BeamSearch.Hypothesis(tokens: [1], score: -1)])
        #expect(search.isOpen)
    }

    @Test
    func `an end beyond the first half is no finished text`() {
        var search = search()
        let next = search.advance([
            Continuation(beam: 0, token: 5, score: -0.5), Continuation(beam: 0, token: 6, score: -1),
            Continuation(beam: 0, token: 1, score: -2), Continuation(beam: 0, token: 7, score: -3),
        ])
        #expect(next.map(\.token) == [5, 6])
        #expect(search.finished.isEmpty)
    }

    @Test
    func `the search is over when the best running text is worse than all finished ones`() {
        var search = search()
        _ = search.advance([
            Continuation(beam: 0, token: 1, score: -0.5), Continuation(beam: 0, token: 5, score: -0.75),
            Continuation(beam: 0, token: 6, score: -4), Continuation(beam: 0, token: 7, score: -5),
        ])
        let next = search.advance([
            Continuation(beam: 0, token: 1, score: -1.5), Continuation(beam: 0, token: 5, score: -3),
            Continuation(beam: 1, token: 6, score: -5), Continuation(beam: 1, token: 7, score: -6),
        ])
        #expect(next.isEmpty && !search.isOpen)
        // The second text's score is the mean over its two tokens.
        #expect(
            search.finished == [
                BeamSearch.Hypothesis(tokens: [1], score: -0.5), BeamSearch.Hypothesis(tokens: [5, 1], score: -0.75),
            ]
        )
    }

    @Test
    func `of equal scores the text that stood first stays in front`() {
        var search = search()
        let next = search.advance([
            Continuation(beam: 0, token: 8, score: -1), Continuation(beam: 0, token: 3, score: -1),
            Continuation(beam: 0, token: 5, score: -1), Continuation(beam: 0, token: 1, score: -1),
        ])
        #expect(next.map(\.token) == [8, 3])
        _ = search.advance([
            Continuation(beam: 1, token: 1, score: -2), Continuation(beam: 0, token: 1, score: -2),
            Continuation(beam: 0, token: 7, score: -2), Continuation(beam: 1, token: 7, score: -2),
        ])
        #expect(search.finished.map(\.tokens) == [[3, 1], [8, 1]])
        // What runs on is no better than the worst finished text.
        #expect(!search.isOpen)
    }

    @Test
    func `at the limit the best texts are finished as they are`() {
        var search = search(limit: 1)
        let next = search.advance([
            Continuation(beam: 0, token: 5, score: -0.5), Continuation(beam: 0, token: 6, score: -1),
            Continuation(beam: 0, token: 1, score: -2), Continuation(beam: 0, token: 7, score: -3),
        ])
        #expect(next.isEmpty && !search.isOpen)
        #expect(search.finished.map(\.tokens) == [[5], [6]])
    }

    @Test
    func `each of several end tokens ends a text, and makes room for a continuation more`() {
        var search = BeamSearch(beams: 2, endTokens: [1, 4, 9], limit: 9)
        #expect(search.candidateCount == 8)
        #expect(BeamSearch(beams: 2, endTokens: [], limit: 9).candidateCount == 4)
        let next = search.advance([
            Continuation(beam: 0, token: 4, score: -0.5), Continuation(beam: 0, token: 9, score: -1),
            Continuation(beam: 0, token: 1, score: -2), Continuation(beam: 0, token: 7, score: -3),
            Continuation(beam: 0, token: 8, score: -4), Continuation(beam: 0, token: 6, score: -5),
        ])
        #expect(search.finished.map(\.tokens) == [[4], [9]])
        #expect(next.map(\.token) == (search.isOpen ? [7, 8] : []))
    }
}
