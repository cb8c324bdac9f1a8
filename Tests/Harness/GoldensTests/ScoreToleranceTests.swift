import Domain
import Goldens
import Testing

@Suite("Score tolerance")
struct ScoreToleranceTests {
    private let tolerance = ScoreTolerance.standard

    @Test("The standard is 1e-4 of the score, a logit gap of 1e-3 and 1e-4 points of an expected rating")
    func standard() {
        #expect(tolerance.relative == 1e-4)
        #expect(tolerance.floor == 64 * 0x1p-24)
        #expect(tolerance.logitGap == 1e-3)
        #expect(tolerance.rating == 1e-4)
    }

    @Test(
        "A score is accepted within 1e-4 of the golden's",
        arguments: [
            (1.0, 1.00009, true), (1.0, 1.00011, false), (-2.0, -2.00019, true), (-2.0, -2.00021, false),
            (0.0, 0.0, true), (0.0, 1e-9, false), (1.0, -1.0, false),
            (1.0, .nan, false), (.nan, 1.0, false), (1.0, .infinity, false),
        ] as [(Double, Double, Bool)]
    )
    func accepts(golden: Double, score: Double, isAccepted: Bool) {
        #expect(tolerance.accepts(score, golden: golden, largest: 0) == isAccepted)
    }

    // −0.00062068 and −0.00062079 are two right programs' scores in a ranking whose largest is about 1.2.
    @Test(
        "Near zero a score is accepted within 2⁻¹⁸ of the ranking's largest, which changes nothing of large ones",
        arguments: [
            (-0.000_620_68, -0.000_620_79, 1.2, true), (-0.000_620_68, -0.000_620_79, 0.01, false),
            (0.0, 3.8e-6, 1.0, true), (0.0, 3.9e-6, 1.0, false), (0.001, 0.001_005, 1.0, false),
            (1.0, 1.00009, 1.0, true), (1.0, 1.00011, 1.0, false), (0.0, .nan, 1.0, false), (0.0, 0.1, .nan, false),
        ] as [(Double, Double, Double, Bool)]
    )
    func nearZero(golden: Double, score: Double, largest: Double, isAccepted: Bool) {
        #expect(tolerance.accepts(score, golden: golden, largest: largest) == isAccepted)
        #expect(tolerance.isTie(golden, score, largest: largest) == isAccepted)
    }

    @Test(
        "A tie does not depend on which score is named first",
        arguments: [
            (3.0, 3.0002, true), (3.0, 3.0004, false), (0.5, 0.5, true), (-1.0, -1.00005, true), (.nan, .nan, false),
        ] as [(Double, Double, Bool)]
    )
    func ties(left: Double, right: Double, isTie: Bool) {
        #expect(tolerance.isTie(left, right, largest: 0) == isTie)
        #expect(tolerance.isTie(right, left, largest: 0) == isTie)
    }

    @Test(
        "An expected rating is accepted within 1e-4 points, whatever its size",
        arguments: [
            (8.0, 8.000_09, true), (8.0, 8.000_11, false), (0.0, 0.000_09, true), (-0.2, -0.200_09, true),
            (0.5, 0.500_11, false), (8.0, .nan, false), (.nan, 8.0, false), (8.0, .infinity, false),
        ] as [(Double, Double, Bool)]
    )
    func acceptsExpected(golden: Double, score: Double, isAccepted: Bool) {
        #expect(tolerance.accepts(score, golden: golden, largest: 100, scoring: .expected) == isAccepted)
    }

    @Test("Exact is a float32 to the bit, and an expected rating to the digits that goldens have of it")
    func exact() {
        #expect(tolerance.isExact(0.1, golden: Double(Float(0.1))))
        #expect(!tolerance.isExact(0.1, golden: 0.100_001))
        #expect(tolerance.isExact(8.675_248_39, golden: 8.675_25, scoring: .expected))
        #expect(!tolerance.isExact(8.675_27, golden: 8.675_25, scoring: .expected))
        #expect(!tolerance.isExact(.nan, golden: 8, scoring: .expected))
    }

    @Test("A number read as single precision is the same number; the next two-digit one is not")
    func discrete() {
        #expect(tolerance.leavesToSVD(8.1, Double(Float(8.1)), scoring: .text))
        #expect(!tolerance.leavesToSVD(8.1, 8.11, scoring: .text))
        #expect(!tolerance.isTie(8.1, 8.1, scoring: .text))
    }

    @Test(
        "Expected ratings within 1e-4 points are a tie that SVD has no say in; without a number in either text it has",
        arguments: [
            (8.0, 8.000_09, true, false), (8.0, 8.0, true, false), (8.0, 8.000_11, false, false),
            (0.0, 0.000_09, true, false), (-1.0, -1.0, false, true), (-1.0, -0.5, false, false),
            (.nan, .nan, false, false),
        ] as [(Double, Double, Bool, Bool)]
    )
    func expectedTies(left: Double, right: Double, isTie: Bool, leavesToSVD: Bool) {
        for (left, right) in [(left, right), (right, left)] {
            #expect(tolerance.isTie(left, right, scoring: .expected) == isTie)
            #expect(tolerance.leavesToSVD(left, right, scoring: .expected) == leavesToSVD)
        }
    }
}

@Suite("Numbers in messages")
struct DoubleDigitsTests {
    @Test(
        "A number is rounded to its significant digits and printed without a tail",
        arguments: [
            (0.099999905, "0.1"), (0.49998999, "0.5"), (1234.5678, "1235.0"), (-0.00012345678, "-0.0001235"),
            (3.1e-7, "3.1e-07"), (0, "0.0"), (.nan, "nan"), (.leastNonzeroMagnitude, "0.0"),
        ] as [(Double, String)]
    )
    func digits(number: Double, text: String) {
        #expect(number.text() == text)
    }
}
