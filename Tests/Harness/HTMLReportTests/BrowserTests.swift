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

    /// Keeps a picture where `COLDSTART_PICTURES` names a folder, for people to look at.
    private func keepPicture(of page: OpenPage, named name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["COLDSTART_PICTURES"] else { return }
        try page.picture(to: "\(folder)/\(name.replacing(" ", with: "-").replacing(",", with: "")).png")
    }
}
