import Testing

@testable import Reports

struct DisplayWidthTests {
    @Test(
        "widths count graphemes, wide ones twice",
        arguments: [
            ("", 0), ("abc", 3), ("naïve", 5), ("e\u{301}", 1), ("長い", 4), ("한글", 4), ("🎬", 2), ("👩‍👩‍👧", 2), ("✓ ×", 3),
            ("❤\u{FE0F}", 2), ("ｆｕ", 4),
        ]
    )
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test("text is cut to columns, never in a grapheme, with an ellipsis", arguments: 0...12)
    func truncation(columns: Int) {
        for text in ["abcdefghij", "長い名前です", "ae\u{301}🎬bc"] {
            let cut = text.truncated(toColumns: columns)
            #expect(DisplayWidth.of(cut) <= columns)
            if DisplayWidth.of(text) <= columns {
                #expect(cut == text)
            } else if columns > 0 {
                #expect(cut.hasSuffix("…") && text.hasPrefix(cut.dropLast()))
            }
        }
    }

    @Test("nothing that moves the cursor, colours or turns the writing reaches the terminal")
    func printable() {
        let text = "a\u{1B}[31mb\tc\nd\re\u{202E}f\u{7F}\u{9B}g\u{2028}"
        #expect(text.printable == "a\u{FFFD}[31mb c\u{FFFD}d\u{FFFD}e\u{FFFD}f\u{FFFD}\u{FFFD}g\u{FFFD}")
        #expect(StyledLine(text).text == text.printable)
    }
}

struct StyledLineTests {
    @Test("wrapped lines fit and lose no word", arguments: [2, 7, 20, 96])
    func wrapping(columns: Int) {
        let text = "the startup probe failed 24 times consecutively, last: 長い名前 connection"
        let lines = StyledLine.wrapping(text, columns: columns)
        #expect(lines.allSatisfy { $0.width <= columns })
        let letters = { (text: String) in text.filter { $0 != " " } }
        #expect(letters(lines.map(\.text).joined()) == letters(text))
    }

    @Test("a cut line keeps its roles and has an ellipsis", arguments: 1...9)
    func truncation(columns: Int) {
        var line = StyledLine("abc", .good)
        line.append("defghij", .bad)
        let cut = line.truncated(toColumns: columns)
        #expect(cut.width == columns)
        #expect(cut.text.hasSuffix("…"))
        #expect(cut.spans.first?.role == .good)
    }
}

struct BrokenLineTests {
    private let line: StyledLine = {
        var line = StyledLine("    rows  ", .faint)
        line.append("12 landed", .good)
        line.append(" · ", .faint)
        line.append("3 lost and a name-without-any-space-that-is-long", .bad)
        line.append(" 長い名前")
        return line
    }()

    @Test("a broken line fits, loses nothing but spaces, keeps its roles and hangs", arguments: 8...90)
    func breaking(columns: Int) {
        let lines = line.broken(toColumns: columns)
        #expect(lines.allSatisfy { $0.width <= columns })
        let letters = { (text: String) in text.filter { $0 != " " } }
        #expect(letters(lines.map(\.text).joined()) == letters(line.text))
        #expect(lines.dropFirst().allSatisfy { $0.text.hasPrefix("      ") })
        let bad = lines.flatMap(\.spans).filter { $0.role == .bad }.map(\.text).joined()
        #expect(letters(bad) == "3lostandaname-without-any-space-that-is-long")
    }

    @Test("a line that fits, or is there to be copied, stays as it is")
    func whole() {
        #expect(line.broken(toColumns: line.width) == [line])
        var whole = line
        whole.staysWhole = true
        #expect(whole.broken(toColumns: 20) == [whole])
    }
}

struct TerminalStyleTests {
    @Test(
        "lines are as wide as the terminal, within what can be laid out and read, and 100 elsewhere",
        arguments: [(nil, 100), (80, 80), (100, 100), (120, 120), (300, 120), (40, 40), (10, 40)] as [(Int?, Int)]
    )
    func columns(terminal: Int?, columns: Int) {
        let environment = ["TERM": "dumb"]
        let style = TerminalStyle(terminalColumns: terminal, environment: environment, forbidsColour: false)
        #expect(style.columns == columns)
    }

    @Test("colour needs a terminal and nobody who forbids it")
    func colour() {
        func colour(_ columns: Int?, _ environment: [String: String] = [:], forbids: Bool = false) -> Bool {
            TerminalStyle(terminalColumns: columns, environment: environment, forbidsColour: forbids).usesColour
        }
        #expect(colour(80))
        #expect(colour(80, ["NO_COLOR": ""]))
        #expect(!colour(nil))
        #expect(!colour(80, ["NO_COLOR": "1"]))
        #expect(!colour(80, ["TERM": "dumb"]))
        #expect(!colour(80, forbids: true))
    }

    @Test(
        "Unicode marks need a locale that does not state another character set",
        arguments: [
            ([:], true), (["LANG": "en_US.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
            (["LC_ALL": "POSIX", "LANG": "en_US.UTF-8"], false), (["LANG": "de_DE.ISO-8859-1"], false),
            (["LC_ALL": "", "LANG": "de_DE.UTF-8@euro"], true),
        ] as [([String: String], Bool)]
    )
    func unicode(environment: [String: String], usesUnicode: Bool) {
        let style = TerminalStyle(terminalColumns: nil, environment: environment, forbidsColour: false)
        #expect(style.usesUnicode == usesUnicode)
        #expect(style.progressColumns == nil)
    }

    @Test("spaces at the end of a line are not written")
    func trailingSpaces() {
        var line = StyledLine("a ")
        line.append("   ", .faint)
        #expect(TerminalStyle.plain.render(line) == "a")
        #expect(TerminalStyle.plain.render("   ") == "")
    }
}

struct TextTableTests {
    @Test("columns are aligned by display width, numbers to the right")
    func alignment() {
        var table = TextTable(columns: [.init("name"), .init("rows", .right)])
        table.append(["長い", "7"])
        table.append(["abc", "1234"])
        #expect(table.lines(width: 40).map(TerminalStyle.plain.render) == ["name  rows", "長い     7", "abc   1234"])
    }

    @Test("a table that is too wide gives way in its flexible column first", arguments: [20, 30, 38])
    func flexible(width: Int) {
        var table = TextTable(columns: [.init("name", isFlexible: true), .init("rows", .right)])
        table.append([StyledLine(String(repeating: "x", count: 40)), "1234"])
        let lines = table.lines(width: width).map(TerminalStyle.plain.render)
        #expect(lines.allSatisfy { $0.count <= width })
        #expect(lines[1].hasSuffix("…  1234"))
    }

    @Test("equal flexible columns stay equal where the widest gives way")
    func widest() {
        var table = TextTable(
            columns: [.init("a", isFlexible: true), .init("b", isFlexible: true), .init("c", isFlexible: true)],
            cutting: .widest
        )
        table.append([
            StyledLine(String(repeating: "x", count: 40)), StyledLine(String(repeating: "y", count: 40)), "zz",
        ])
        let cells = table.lines(width: 46)[1].text.split(separator: " ").map(\.count)
        #expect(cells == [20, 20, 2])
    }
}

struct ProgressLineTests {
    private let line = ProgressLine(finished: 3, total: 12, notPassed: 1, running: ["incident-http-probe", "lazy"])

    @Test("it says how far the run is")
    func text() {
        let text = TerminalStyle.plain.render(line.line(columns: 80))
        #expect(text == "█████░░░░░░░░░░░░░░░ 3 of 12 · 1 not passed · incident-http-probe and 1 more")
    }

    @Test("it leaves the last column of any terminal free", arguments: [1, 2, 10, 40, 80, 200])
    func width(columns: Int) {
        #expect(line.line(columns: columns).width < max(columns, 1))
    }

    @Test(
        "it says how fast it goes and how long it will take, once that can be told",
        arguments: [
            (100, 4000, 3.0, "100 of 4,000 sessions · 1 min 57 s left · 33/s"),
            (2, 10, 11.0, "2 of 10 sessions · 44 s left · 5.50 s each"),
            (3, 12, 1.0, "3 of 12 sessions · 3 s left · 3.0/s"),
            (0, 10, 5.0, "0 of 10 sessions"), (1, 10, 0.2, "1 of 10 sessions"),
            (10, 10, 5.0, "10 of 10 sessions · 2.0/s"), (1_234_567, nil, 2.0, "1,234,567 sessions · 617,284/s"),
        ] as [(Int, Int?, Double, String)]
    )
    func rate(finished: Int, total: Int?, seconds: Double, words: String) {
        let line = ProgressLine(finished: finished, total: total, unit: "sessions", seconds: seconds)
        let text = line.line(columns: 80).text
        #expect(text.drop { "█░ ".contains($0) } == words)
        #expect(text.hasPrefix("█") || text.hasPrefix("░") || total == nil)
    }

    @Test("a run of nothing has a line too")
    func empty() {
        #expect(ProgressLine(total: 0).line(columns: 80).text.contains("0 of 0"))
    }
}

struct FiguresTests {
    @Test(
        "numbers keep their decimals",
        arguments: [
            (0, "0.0"), (0.05, "0.1"), (240.24, "240.2"), (-34.26, "-34.3"), (-0.01, "0.0"),
            (1e15, "1000000000000000.0"),
            (.nan, "NaN"), (.infinity, "infinity"),
        ] as [(Double, String)]
    )
    func fixed(value: Double, text: String) {
        #expect(Figures.fixed(value, decimals: 1).hasPrefix(text))
    }

    @Test(
        "spans use the unit that suits them",
        arguments: [(0, "0 ms"), (0.0414, "41 ms"), (3.42, "3.42 s"), (59.996, "1 min 00 s"), (3725, "1 h 02 min")]
    )
    func wall(seconds: Double, text: String) {
        #expect(Figures.wall(seconds) == text)
    }

    @Test("durations are reported to the microsecond without digits that arithmetic made up")
    func seconds() {
        #expect(Duration.milliseconds(240_200).reportedSeconds == 240.2)
        #expect(Duration.nanoseconds(1).reportedSeconds == 0)
        #expect((Duration.milliseconds(100) * 3).reportedSeconds == 0.3)
    }
}
