import ColdstartTestSupport
import Foundation
import Testing

/// The rules of axe-core (https://github.com/dequelabs/axe-core), which `scripts/install-axe` fetches for the tests.
enum AxeCore {
    /// Its source; `nil` where it was not fetched.
    static let source = try? String(
        contentsOfFile: Fixtures.packageDirectory + "/.build/axe-core/axe.min.js",
        encoding: .utf8
    )

    /// What tests say where it is missing.
    static let missing: Comment = "no axe-core: scripts/install-axe fetches it"

    /// What its rules say is wrong with a page, each with the first elements.
    static func faults(of page: OpenPage) throws -> [String] {
        let source = try #require(source, missing)
        let _: Bool = try page.evaluate("typeof axe === 'object' || (() => { \(source)\n; return true; })()")
        return try page.evaluate(
            """
            axe.run(document, { resultTypes: ["violations"] }).then((found) => found.violations.map((rule) =>
              `${rule.id}: ${rule.help}: ` + rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")))
            """
        )
    }
}
