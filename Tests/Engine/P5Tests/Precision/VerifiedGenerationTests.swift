import Domain
import Testing

@testable import P5

struct VerifiedGenerationTests {
    /// Prompts of which the second is one that is watched, whatever int8 makes of it.
    private let prompts: [[Int32]] = {
        let candidates = (0..<1_000).map { [Int32($0)] }
        let others = candidates.filter { !VerifiedGeneration.isSampled($0) }
        return [others[0]] + candidates.filter(VerifiedGeneration.isSampled).prefix(1) + [others[1]]
    }()

    private func decoded(_ token: Int32, _ gap: Float) -> GeneratedTokens {
        GeneratedTokens(tokens: [token], smallestGap: gap, gaps: [gap])
    }

    /// What both precisions make of the prompts, and which of them float32 was asked for.
    private func run(
        _ low: [GeneratedTokens]?,
        _ full: [GeneratedTokens],
        bound: Float = 0.5
    ) throws -> (result: VerifiedGeneration.Result, asked: [[Int]]) {
        var asked: [[Int]] = []
        let result = try VerifiedGeneration(check: MarginCheck(bounds: [bound]))(prompts) {
            (precision, places) throws(P5Error) in
            guard precision == .int8 else {
                asked.append(places)
                return places.map { full[$0] }
            }
            guard let low else { throw P5Error(.numbers, "not finite") }
            return places.map { low[$0] }
        }
        return (result, asked)
    }

    @Test func `what int8 decides stays, what is near is done again, what is watched is done as well`() throws {
        #expect(prompts.count == 3)
        let full = [decoded(1, 4), decoded(2, 4), decoded(3, 0.125)]
        let (result, asked) = try run([decoded(1, 4.25), decoded(2, 4.25), decoded(9, 0.125)], full)
        // The first one stands in, as only one is done again.
        #expect(asked == [[0, 1, 2]])
        #expect(result.generated.map(\.tokens) == full.map(\.tokens))
        #expect((result.decided, result.again, result.sampled) == (2, 1, 1))
        #expect(result.violation == nil)
    }

    @Test func `an error of a watched prompt is a violation, and all is done in float32`() throws {
        let full = [decoded(1, 4), decoded(2, 4), decoded(3, 4)]
        let (result, asked) = try run([decoded(1, 4), decoded(9, 4), decoded(3, 4)], full)
        #expect(asked == [[0, 1, 2], [0, 1, 2]])
        #expect(result.generated == full && result.decided == 3)
        #expect(result.violation?.place == 1 && result.violation?.found.error == 8)
    }

    @Test func `where a prompt that is done again errs beyond its bound, nothing of the request is decided`() throws {
        let full = [decoded(1, 4), decoded(2, 4), decoded(3, 0.5)]
        let (result, asked) = try run([decoded(1, 4), decoded(2, 4), decoded(9, 0.25)], full)
        #expect(asked == [[0, 1, 2], [0, 1, 2]])
        #expect(result.generated == full && result.violation == nil)
        #expect((result.decided, result.again, result.sampled) == (0, 3, 0))
        let wrong = [decoded(1, 4), decoded(2, 4), decoded(3, 0.875)]
        let (other, _) = try run([decoded(1, 4), decoded(2, 4), decoded(9, 0.25)], wrong)
        #expect(other.generated == wrong && other.violation?.place == 2, "beyond twice the bound the bound is wrong")
    }

    @Test func `where nothing is near, prompts stand in that are not watched`() throws {
        let full = [decoded(1, 4), decoded(2, 4), decoded(3, 4)]
        let (result, asked) = try run(full, full)
        #expect(asked == [[0, 1, 2]] && (result.decided, result.again, result.sampled) == (3, 0, 1))
        // The first one leads by less than it should, which is an error as well.
        let (other, _) = try run([decoded(1, 3.25), decoded(2, 4), decoded(3, 4)], full)
        #expect(other.generated == full && other.decided == 0 && other.violation == nil)
    }

    @Test func `where int8 makes no numbers float32 does all`() throws {
        let full = [decoded(1, 4), decoded(2, 4), decoded(3, 4)]
        let (result, asked) = try run(nil, full)
        #expect(asked == [[0, 1, 2]] && result.generated == full && result.again == 3 && result.decided == 0)
    }

    @Test func `a share of prompts is watched, by their tokens alone`() {
        let count = (0..<64_000).count { VerifiedGeneration.isSampled([Int32($0), 7, 1]) }
        #expect((800...1_200).contains(count), "\(count)")
        #expect(VerifiedGeneration.isSampled([5, 7]) == VerifiedGeneration.isSampled([5, 7]))
    }
}
