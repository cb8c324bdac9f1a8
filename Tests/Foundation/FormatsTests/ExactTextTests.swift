import Formats
import Testing

struct ExactTextTests {
    @Test func `texts that only look alike are two`() {
        let composed = "caf\u{e9}"
        let decomposed = "cafe\u{301}"
        #expect(composed == decomposed)
        #expect(ExactText(composed) != ExactText(decomposed))
        #expect(Set([ExactText(composed), ExactText(decomposed)]).count == 2)
        #expect(ExactText("K") != ExactText("\u{212a}"))
        #expect(ExactText("a\u{301}\u{327}") != ExactText("a\u{327}\u{301}"))
    }

    @Test func `equal bytes are equal however the text is kept`() {
        let long = String(repeating: "title ", count: 20)
        #expect(ExactText(String(long.dropFirst(0))) == ExactText(long))
        #expect(Set([ExactText(long), ExactText(String(Substring(long)))]).count == 1)
    }

    @Test func `the order is that of the bytes`() {
        let texts: [ExactText] = ["10", "9", "\u{e9}", "e\u{301}", "A", "a", ""]
        #expect(texts.sorted().map(\.string) == ["", "10", "9", "A", "a", "e\u{301}", "\u{e9}"])
    }
}
