import Checks
import Testing

@testable import Reports

struct CaseNamesTests {
    private func names(_ verdicts: [(check: String, requests: [Int], expected: String?)]) -> [String] {
        CaseNames(
            verdicts.map {
                VerdictReport(
                    Verdict(
                        check: $0.check,
                        subject: .answers,
                        outcome: .passed,
                        message: "",
                        expected: $0.expected,
                        requests: $0.requests
                    )
                )
            }
        )
        .names
    }

    @Test func `a check of requests is named with their numbers, whether another has its name or not`() {
        #expect(names([("answers.status", [1], "200")]) == ["answers.status, request 1"])
        #expect(
            names([("answers.status", [1], "200"), ("answers.status", [4, 2, 3, 7], "200"), ("landing.rows", [], nil)])
                == ["answers.status, request 1", "answers.status, requests 2-4 7", "landing.rows"]
        )
    }

    @Test func `names that are still the same get what they expect, and then a number`() {
        #expect(
            names([("landing.visitors", [], "fallback"), ("landing.visitors", [], "recommendations")])
                == ["landing.visitors, fallback", "landing.visitors, recommendations"]
        )
        let same = [("a", [Int](), String?.none), ("a", [], nil), ("a #2", [], nil), ("a", [], nil)]
        #expect(names(same) == ["a", "a #3", "a #2", "a #4"])
    }
}
