import ColdstartTestSupport
import Domain
import Foundation
import HCLSyntax
import Testing

/// Whatever bytes a file holds, reading ends, and so does evaluating.
struct HCLRobustnessTests {
    private static let files: [[UInt8]] = {
        let folder = Fixtures.path("lint")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted()
            .compactMap { name in
                ["main.tf", "cloud_run.tf"]
                    .compactMap { FileManager.default.contents(atPath: "\(folder)/\(name)/\($0)") }.first
            }
            .map { [UInt8]($0) }
    }()

    /// Evaluates every attribute of a body and says how many there were.
    private func evaluateAll(_ body: HCLBody) -> Int {
        let evaluator = HCLEvaluator()
        var count = 0
        for attribute in body.attributes {
            _ = evaluator.value(of: attribute.value) { _ in nil }
            count += 1
        }
        return body.blocks.reduce(count) { $0 + evaluateAll($1.body) }
    }

    private func check(_ bytes: [UInt8]) {
        let file = HCLFile(bytes)
        _ = evaluateAll(file.body)
        for problem in file.problems { #expect((0...bytes.count).contains(problem.offset)) }
    }

    @Test func `every file of the cases is read whole`() {
        #expect(Self.files.count == 6)
        for file in Self.files {
            #expect(HCLFile(file).problems.isEmpty)
            #expect(evaluateAll(HCLFile(file).body) > 3)
        }
    }

    @Test func `every beginning of a file is read to its end`() {
        for file in Self.files {
            for length in 0...file.count { check(Array(file[..<length])) }
        }
    }

    @Test func `changed bytes never trap or hang`() {
        var generator = SplitMix64(seed: 20_261_129)
        for file in Self.files {
            for _ in 0..<300 {
                var bytes = file
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    switch Int.random(in: 0..<3, using: &generator) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                    case 1: bytes.remove(at: place)
                    default: bytes.insert("{}[]()\"$%<\n.*=?:".utf8.randomElement(using: &generator) ?? 0, at: place)
                    }
                }
                check(bytes)
            }
        }
    }

    @Test(
        "Deep nesting ends with a problem",
        arguments: ["[", "{a=", "(", "!", "-", "\"${", "f(", "a[", "b {\n", "1 ? ", "[for a in "]
    )
    func deep(opening: String) {
        let text = "x = " + String(repeating: opening, count: 20_000)
        let file = HCLFile(Array(text.utf8))
        #expect(!file.problems.isEmpty)
        let blocks = String(repeating: "b {\n", count: 20_000)
        #expect(!HCLFile(Array(blocks.utf8)).problems.isEmpty)
    }

    @Test func `values that double again and again end as unknown`() throws {
        var text = "l0 = \"0123456789\"\n"
        for number in 1...60 { text += "l\(number) = [l\(number - 1), l\(number - 1)]\n" }
        let file = HCLFile(Array(text.utf8))
        var known: [String: HCLValue] = [:]
        let evaluator = HCLEvaluator()
        for attribute in file.body.attributes {
            known[attribute.name] = evaluator.value(of: attribute.value) { known[$0] }
        }
        #expect(known["l5"]?.isWhollyKnown == true)
        #expect(known["l60"]?.isWhollyKnown == false)
    }
}
