import Foundation
import Testing

@testable import HTMLReport

struct HostileTextTests {
    /// Markup, quotes of every kind, template syntax and an end of everything that a page opens.
    static let markup =
        "</script></noscript></style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{name}}{{{name}}}&amp;"

    @Test("markup in any text of a report is shown and does nothing", arguments: ReportFixture.trees)
    func markupEverywhere(fixture: ReportFixture) throws {
        let plain = try fixture.page.text
        let hostile = try ReportFixture.page(of: Self.poisoned(try fixture.tree) as? [String: Any] ?? [:]).text
        #expect(!hostile.contains("<img"))
        #expect(hostile.contains("&lt;img src=x onerror=alert(2)&gt;"))
        // As many tags of the kinds that could do harm as before.
        for tag in ["<script", "</script", "</noscript", "</style", "<iframe", "onerror=\""] {
            #expect(hostile.count(of: tag) == plain.count(of: tag), "\(tag)")
        }
        // A long title has a tip of its own; no tag of a text closes one.
        #expect(hostile.count(of: "</title") == hostile.count(of: "<title"))
        // No attribute ends early: whatever stands between < and > has its quotes in pairs.
        #expect(Self.brokenTags(in: hostile) == [])
    }

    @Test("control characters are shown by their signs, and letters that turn text round by their numbers")
    func controlCharacters() {
        #expect(ShownText.shown("a\u{0}b\u{1B}[31mc\u{7F}") == "a\u{2400}b\u{241B}[31mc\u{2421}")
        #expect(ShownText.shown("x\u{202E}gpj.exe") == "x⟨U+202E⟩gpj.exe")
        #expect(ShownText.shown("\u{85}\u{FEFF}\u{FFFE}\u{E0041}") == "⟨U+0085⟩⟨U+FEFF⟩⟨U+FFFE⟩⟨U+E0041⟩")
        #expect(ShownText.shown("tab\tand\nline") == "tab\tand\nline")
        #expect(ShownText.shown("Amélie 天使 🎬") == "Amélie 天使 🎬")
        #expect(ShownText.line("two\nlines") == "two\u{240A}lines")
    }

    @Test("a megabyte in one line is cut with a note of how much is left")
    func megabyte() throws {
        let shown = ShownText.shown(String(repeating: "x", count: 1 << 20))
        #expect(shown.utf8.count < 5000)
        #expect(shown.hasSuffix("… (cut here: 1,044,576 more characters are in the report's JSON)"))
        var tree = try ReportFixture.diagnosis.tree
        var verdicts = try #require(tree["verdicts"] as? [[String: Any]])
        verdicts[0]["cause"] = String(repeating: "<", count: 1 << 20)
        tree["verdicts"] = verdicts
        #expect(try ReportFixture.page(of: tree).text.utf8.count < 200_000)
    }

    @Test("a title of a megabyte is cut in every list, and takes no more room in a chart than another")
    func megabyteOfTitle() throws {
        var tree = try ReportFixture.comparison.tree
        let titles = try #require(tree["titles"] as? [String: Any])
        tree["titles"] = titles.mapValues { _ in String(repeating: "<\u{202E}", count: 1 << 19) }
        let text = try ReportFixture.page(of: tree).text
        #expect(text.contains("&lt;⟨U+202E⟩&lt;⟨U+202E⟩") && text.contains("cut here: 1,048,276 more characters"))
        #expect(!text.contains("\u{202E}") && text.utf8.count < 2_000_000)
    }

    /// The tree with the markup in front of each text but those that say what kind something is.
    private static func poisoned(_ value: Any, key: String = "") -> Any {
        let words: Set = ["kind", "outcome", "result", "verdict", "slice", "severity"]
        switch value {
        case let object as [String: Any]:
            return Dictionary(uniqueKeysWithValues: object.map { ($0, poisoned($1, key: $0)) })
        case let list as [Any]: return list.map { poisoned($0, key: key) }
        case let text as String: return words.contains(key) ? text : markup + text
        default: return value
        }
    }

    /// Tags whose quotes are not in pairs, outside of style and script.
    private static func brokenTags(in html: String) -> [String] {
        let body = html.split(separator: "<body>", maxSplits: 1).last ?? ""
        let content = body.split(separator: "<script>", maxSplits: 1).first ?? ""
        return content.split(separator: "<").dropFirst()
            .map { $0.prefix { $0 != ">" } }
            .filter { $0.count { $0 == "\"" } % 2 != 0 }
            .map(String.init)
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}
