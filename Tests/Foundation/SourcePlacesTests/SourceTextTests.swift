import SourcePlaces
import Testing

struct SourceTextTests {
    @Test func `the line stands above a caret under its column`() {
        let text = SourceText(path: "a", text: "one\r\ntwo é x\nthree")
        #expect(text.excerpt(line: 2, column: 7) == "two é x\n      ^")
        #expect(text.excerpt(line: 1, column: 1) == "one\n^")
        #expect(text.excerpt(line: 4, column: 1) == nil)
    }

    @Test func `a column behind the line's end points at the end`() {
        #expect(SourceText(path: "a", text: "ab").excerpt(line: 1, column: 9) == "ab\n  ^")
    }

    @Test func `a long line is cut to a window around the column`() throws {
        let line = String(repeating: "a", count: 200) + "b" + String(repeating: "c", count: 200)
        let excerpt = try #require(SourceText(path: "a", text: line).excerpt(line: 1, column: 201))
        let parts = excerpt.split(separator: "\n")
        #expect(parts[0].count == 120)
        #expect(parts[0].dropFirst(parts[1].count - 1).first == "b")
    }

    @Test func `control characters are shown as blanks, and a place as editors link it`() {
        #expect(SourceText(path: "a", text: "a\u{1B}[31mb").excerpt(line: 1, column: 1) == "a [31mb\n^")
        #expect(SourceLocation(file: "a/b.yaml", line: 3, column: 5).description == "a/b.yaml:3:5")
    }
}
