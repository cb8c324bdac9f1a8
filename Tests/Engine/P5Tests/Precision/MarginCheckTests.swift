import Domain
import Testing

@testable import P5

struct MarginCheckTests {
    private let check = MarginCheck(bounds: [0.5, 0.5, 0.25])

    private func decoded(_ steps: (token: Int32, gap: Float)...) -> GeneratedTokens {
        GeneratedTokens(
            tokens: steps.map(\.token),
            smallestGap: steps.map(\.gap).min() ?? .infinity,
            gaps: steps.map(\.gap)
        )
    }

    @Test(
        arguments: [
            ([0.51, 3], true), ([3, 3, 0.3], true), ([3, 3, 0.2], false), ([3, 3, 3, 3], false), ([0.5, 3], false),
            ([3, 0], false), ([.nan], false), ([.infinity], true), ([], true),
        ] as [([Float], Bool)]
    )
    func `a prompt is decided where the margin of every step is wider than its bound`(
        margins: [Float],
        isDecided: Bool
    ) {
        #expect(check.decides(margins) == isDecided)
    }

    @Test func `an error within the bound is none, whichever way it goes`() {
        let full = decoded((7, 1), (1, 2))
        #expect(check.violation(of: decoded((7, 1.5), (1, 2.25)), against: full) == nil)
        #expect(check.violation(of: decoded((7, 0.5), (1, 1.75)), against: full) == nil)
        #expect(check.violation(of: decoded((7, 0.25), (1, 2)), against: full)?.error == -0.75)
    }

    @Test func `the first step with a larger error is named, though its token is right`() throws {
        let found = try #require(
            check.violation(of: decoded((7, 1), (1, 2.75), (1, 9)), against: decoded((7, 1), (1, 2), (1, 2)))
        )
        #expect(found == PrecisionViolation(step: 2, margin: 2.75, bound: 0.5, error: 0.75))
    }

    @Test func `where the tokens differ both margins are the error, and nothing behind is compared`() throws {
        let full = decoded((7, 1), (3, 0.25), (1, 0))
        let found = try #require(check.violation(of: decoded((7, 1), (4, 0.375), (1, 9)), against: full))
        #expect(found.step == 2 && found.error == 0.625)
        #expect(check.violation(of: decoded((7, 1), (4, 0.25), (1, 9)), against: full) == nil)
    }

    @Test func `the case is told with all that is known of it`() {
        var found = PrecisionViolation(step: 2, margin: 2.75, bound: 0.5, error: 0.75)
        (found.session, found.movie) = ("visitor", "318")
        let text = found.description
        for part in ["session visitor", "movie 318", "step 2", "2.75", "0.75", "0.5", "--precision float32"] {
            #expect(text.contains(part), "\(text)")
        }
    }
}
