import Foundation
import Testing

@testable import HTMLReport

/// Pages as a browser shows them, one after the other: each test starts browsers of its own.
@Suite(.serialized, .enabled(if: Browser.program != nil, Browser.missing))
struct BrowserTests {
    static let cases = ReportFixture.allCases.flatMap { fixture in OpenPage.Reader.all.map { (fixture, $0) } }

    @Test("every reader gets the whole page: nothing fetched, no complaint, nothing too wide, every name and contrast")
    func readers() throws {
        for (fixture, reader) in Self.cases {
            let page = try OpenPage(try fixture.page.text, for: reader)
            let who = "\(fixture.rawValue) at \(reader.testDescription)"
            #expect(page.fetched == [], "\(who)")
            #expect(page.complaints == [], "\(who)")
            #expect(try page.evaluate(PageChecks.overflow) == [String](), "\(who)")
            #expect(try page.evaluate(PageChecks.structure) == [String](), "\(who)")
            #expect(try page.evaluate(PageChecks.contrast) == [String](), "\(who)")
            try keepPicture(of: page, named: "\(fixture.rawValue)-\(reader.testDescription)")
        }
    }

    @Test(
        "the rules of axe-core find nothing in any page, and what is put in to be found",
        .enabled(if: AxeCore.source != nil, AxeCore.missing)
    )
    func axe() throws {
        for fixture in ReportFixture.allCases {
            for (width, isDark) in [(1280, false), (390, true)] {
                let page = try OpenPage(
                    try fixture.page.text,
                    for: OpenPage.Reader(width: width, isDark: isDark, hasScript: true)
                )
                // What is folded away is looked at too.
                let _: Bool = try page.evaluate(
                    "document.querySelectorAll('details').forEach((part) => { part.open = true; }), true"
                )
                #expect(try AxeCore.faults(of: page) == [], "\(fixture) at \(width), \(isDark ? "dark" : "light")")
                guard fixture == .faults else { continue }
                let nameless = "document.querySelector('main').append(document.createElement('button')), true"
                let _: Bool = try page.evaluate(nameless)
                #expect(try AxeCore.faults(of: page).contains { $0.hasPrefix("button-name") })
            }
        }
    }

    @Test("the tabulator key reaches everything once, in the order of the page, and it is seen where")
    func tabs() throws {
        for width in [1280, 390] {
            let reader = OpenPage.Reader(width: width, isDark: false, hasScript: true)
            let page = try OpenPage(try ReportFixture.run.page.text, for: reader)
            let reachable: Int = try page.evaluate(PageChecks.reachable)
            var places: [Int] = []
            for _ in 0..<reachable {
                try page.pressTab()
                let words = try page.evaluate(PageChecks.focused, as: String.self).split(separator: " ")
                #expect(words.dropFirst(2).first == "seen" && words.last != "none", "\(words)")
                places.append(Int(words.first ?? "") ?? -1)
            }
            #expect(places == places.sorted() && Set(places).count == reachable)
            #expect(reachable > 30)
        }
    }

    @Test("assistive technology is told a name of everything that can be used or stands for something")
    func names() throws {
        for fixture in ReportFixture.allCases {
            let reader = OpenPage.Reader(width: 1280, isDark: false, hasScript: true)
            let nodes = try OpenPage(try fixture.page.text, for: reader).accessibleNodes()
            let needing: Set = [
                "link", "button", "searchbox", "textbox", "combobox", "slider", "image", "img", "heading", "article",
                "region", "navigation", "search",
            ]
            #expect(nodes.filter { needing.contains($0.role) && $0.name.isEmpty }.map(\.role) == [], "\(fixture)")
            #expect(nodes.count { $0.role == "main" } == 1)
        }
    }

    @Test("filters show the scenarios that fit, their number, and all again")
    func filters() throws {
        let reader = OpenPage.Reader(width: 1280, isDark: false, hasScript: true)
        let page = try OpenPage(try ReportFixture.run.page.text, for: reader)
        func choose(_ name: String, _ value: String) throws -> String {
            try page.evaluate(
                """
                (() => {
                  const form = document.querySelector("form.filters");
                  form.elements[\"\(name)\"].value = \"\(value)\";
                  form.dispatchEvent(new Event("input"));
                  return Array.from(document.querySelectorAll("article.scenario:not([hidden]) h3"))
                    .map((h) => h.textContent.trim().split(" ").at(-2)).join(",") + "; " + form.querySelector(".found").textContent;
                })()
                """
            )
        }
        #expect(try choose("outcome", "failed") == "incident-http-probe,gated-closes-hole; 2 of 4 scenarios")
        #expect(try choose("text", "KILLED after") == "incident-http-probe; 1 of 4 scenarios")
        #expect(try choose("text", "nowhere") == "; 0 of 4 scenarios")
        _ = try choose("text", "")
        #expect(try choose("outcome", "").hasSuffix("; all 4 scenarios"))
    }

    @Test("the slider and the pointer say what happens at a moment of the tape")
    func moments() throws {
        let reader = OpenPage.Reader(width: 1280, isDark: false, hasScript: true)
        let page = try OpenPage(try ReportFixture.run.page.text, for: reader)
        let said: String = try page.evaluate(
            """
            (() => {
              const article = document.getElementById("scenario-incident-http-probe");
              const slider = article.querySelector("input[type=range]");
              slider.value = 341;
              slider.dispatchEvent(new Event("input"));
              return slider.getAttribute("aria-valuetext") + " | " + article.querySelector("output").textContent;
            })()
            """
        )
        #expect(said.contains("probe attempt 2") && said.contains("stage checkpoint"), "\(said)")
        #expect(said.split(separator: "|").count == 2)
    }

    @Test(
        "a comparison of 10,000 changed sessions opens in less than two seconds of processor time; ten sessions are made, and others as they are asked for"
    )
    func manySessions() throws {
        // The rows of the fixture's page, again and again: making the page is not what is measured.
        let whole = try Self.page(sessions: 10_000)
        let reader = OpenPage.Reader(width: 1280, isDark: false, hasScript: true)
        let open = try OpenPage(whole, for: reader)
        let seconds = try open.processorSeconds()
        #expect(seconds > 0.01 && seconds < 2, "\(seconds) s of processor time")
        let shown =
            "document.querySelectorAll('#sessions li.ranked').length + ' ' "
            + "+ document.querySelector('#sessions [role=status]').textContent"
        #expect(try open.evaluate(shown) == "10 1 to 10 of 10000")
        let next = "Array.from(document.querySelectorAll('#sessions button')).find((b) => b.textContent === 'Next')"
        #expect(try open.evaluate("(\(next).click(), \(shown))") == "10 11 to 20 of 10000")
        let find =
            "(() => { const field = document.querySelector('#sessions input'); field.value = ' 9999-'; "
            + "field.dispatchEvent(new Event('input')); return \(shown); })()"
        #expect(try open.evaluate(find) == "1 1 to 1 of 1")
    }

    @Test("without a script every row of a long table is there")
    func manySessionsPlain() throws {
        let plain = OpenPage.Reader(width: 1280, isDark: false, hasScript: false)
        let open = try OpenPage(try Self.page(sessions: 500), for: plain)
        #expect(try open.evaluate("String(document.querySelectorAll('#sessions li.ranked').length)") == "500")
    }

    /// The comparison's page with so many changed sessions: the rows that it has, each with a name of its own.
    private static func page(sessions: Int) throws -> String {
        let lines = try ReportFixture.comparison.page.text.split(separator: "\n", omittingEmptySubsequences: false)
        let rows = lines.filter { $0.hasPrefix("<li class=\"ranked\">") }
        try #require(rows.count == 6)
        let first = try #require(lines.firstIndex(of: rows[0]))
        let last = try #require(lines.lastIndex(of: rows[5]))
        var all = lines[..<first].map(String.init)
        // As on any page, the first three hundred have their charts.
        all += (0..<sessions)
            .map { number in
                let row = number < 300 ? rows[number % 2] : rows[2 + number % 4]
                return String(row).replacing("<code>", with: "<code>\(number)-")
                    .replacing(/(ranked-\d-)/) { "\($0.output.1)\(number)-" }
            }
        all += lines[(last + 1)...].map(String.init)
        return all.joined(separator: "\n")
    }

    /// Keeps a picture where `COLDSTART_PICTURES` names a folder, for people to look at.
    private func keepPicture(of page: OpenPage, named name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["COLDSTART_PICTURES"] else { return }
        try page.picture(to: "\(folder)/\(name.replacing(" ", with: "-").replacing(",", with: "")).png")
    }
}
