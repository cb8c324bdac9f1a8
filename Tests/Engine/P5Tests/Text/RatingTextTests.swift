import Testing

@testable import P5

struct RatingTextTests {
    @Test(arguments: [
        ("8.1", 8.1), ("7", 7), ("", -1), ("no number", -1), ("-3.5", -3.5), ("--2", -2), ("8.", 8), (".5", 5),
        ("8.5.2", 8.5), ("rated 9 or 10", 9), ("1-2", 1), ("a-", -1), ("-", -1), ("-.5", 5), ("007.250", 7.25),
        ("5,5", 5), ("\u{0669}", -1), ("é-4.0!", -4), ("8 .5", 8),
    ])
    func `the first number of a text is its score`(_ text: String, score: Double) {
        #expect(RatingText.score(text) == score)
    }

    @Test
    func `a number too large for a double is infinite, as in Python`() {
        #expect(RatingText.score(String(repeating: "9", count: 400)) == .infinity)
    }
}
