import ColdstartTestSupport
import Domain
import Goldens
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The golden files of the shipped scenarios.
private enum ShippedGolden: String, CaseIterable {
    case off = "demo.jsonl"
    case on = "demo-whole-word.jsonl"
    case softPrompt = "demo-soft-prompt.jsonl"
    case biased = "demo-biased.jsonl"
    case expected = "demo-expected.jsonl"

    /// Whether the rankings by SVD are others than those of `demo.jsonl`.
    var hasFirstStageOfItsOwn: Bool { self == .off || self == .biased }

    var path: String {
        Fixtures.packageDirectory + "/golden/" + rawValue
    }

    func read() throws -> GoldenRankings {
        let bytes = try #require(FileManager.default.contents(atPath: path))
        return try GoldenRankings(parsing: bytes, file: "golden/\(rawValue)")
    }
}

@Suite("Shipped goldens")
struct ShippedGoldensTests {
    @Test("The shipped goldens are whole: 40 sessions with 100 movies each, made with their own setting")
    func whole() throws {
        for shipped in ShippedGolden.allCases {
            let golden = try shipped.read()
            #expect(golden.header.version == 2 && golden.header.maker.program == "golden/reference")
            #expect(golden.caution == nil)
            #expect(golden.header.wholeWord == (shipped == .on))
            #expect(golden.header.mode == (shipped == .softPrompt ? "soft_prompt" : "in_prompt"))
            #expect(golden.header.softPrompt == (shipped == .softPrompt ? GoldenSoftPrompt() : nil))
            #expect(golden.header.generationLimit == 6)
            #expect(golden.header.scoring == (shipped == .expected ? .expected : .text))
            #expect(golden.header.svdRanking == (shipped == .biased ? "biased" : "factors"))
            #expect(golden.sessions.count == 40)
            #expect(golden.sessions.allSatisfy { $0.svd.places.count == 100 && $0.p5.places.count > 90 })
        }
    }

    @Test("Margins and tie classes that the reference wrote are those that follow here")
    func ties() throws {
        for shipped in ShippedGolden.allCases {
            let bytes = try #require(FileManager.default.contents(atPath: shipped.path))
            // Reading compares what is stated with what follows from the scores; that all of it is stated is seen here.
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.split(separator: #""svd_ties":["#).count == 41)
            #expect(text.split(separator: #""p5_ties":["#).count == 41)
            let sessions = try shipped.read().sessions
            let first = shipped.hasFirstStageOfItsOwn ? sessions.reduce(0) { $0 + $1.svd.places.count } : 0
            let places = sessions.reduce(first) { $0 + $1.p5.places.count - 1 }
            #expect(text.split(separator: #""margin":"#).count == places + 1)
        }
        let demo = try ShippedGolden.off.read().sessions.map(\.svd)
        for shipped in ShippedGolden.allCases where !shipped.hasFirstStageOfItsOwn {
            let firstStage = try shipped.read().sessions.map(\.svd)
            #expect(firstStage == demo, "the margins of \(shipped.rawValue) stand in demo.jsonl")
        }
        let sessions = try ShippedGolden.biased.read().sessions
        #expect(sessions.reduce(0) { $0 + $1.svd.tieClasses().count } == 647)
        #expect(sessions.reduce(0) { $0 + $1.p5.tieClasses().count } == 422)
    }

    @Test("The reference interleaves as the service does")
    func displays() throws {
        for session in try ShippedGolden.allCases.flatMap({ try $0.read().sessions }) {
            for start in Model.allCases {
                let svd = Array(session.svd.movies.prefix(10))
                let p5 = Array(session.p5.movies.prefix(10))
                #expect(session.displays[start] == DisplayList(svd: svd, p5: p5, start: start))
            }
        }
    }

    @Test("The settings share their SVD rankings and not all of their P5 rankings")
    func settings() throws {
        let off = try ShippedGolden.off.read()
        for shipped in [ShippedGolden.on, .softPrompt, .expected] {
            let other = try shipped.read()
            #expect(zip(off.sessions, other.sessions).allSatisfy { $0.svd == $1.svd })
            #expect(zip(off.sessions, other.sessions).contains { $0.p5.movies != $1.p5.movies })
        }
    }

    @Test("Expected ratings belong to the same texts, and leave next to no ties")
    func expected() throws {
        let pairs = zip(try ShippedGolden.off.read().sessions, try ShippedGolden.expected.read().sessions)
        for (off, expected) in pairs {
            let texts = Dictionary(uniqueKeysWithValues: off.p5.places.map { ($0.movie, $0.text) })
            #expect(expected.p5.places.allSatisfy { texts[$0.movie] == $0.text })
            #expect(Set(off.p5.places.map(\.score)).count < 50)
            #expect(Set(expected.p5.places.map(\.score)).count > expected.p5.places.count - 3)
        }
    }

    @Test("Mean and bias make other movies best, and scores that are ratings")
    func biased() throws {
        let pairs = zip(try ShippedGolden.off.read().sessions, try ShippedGolden.biased.read().sessions)
        for (off, biased) in pairs {
            #expect(off.svd.movies != biased.svd.movies)
            #expect(biased.svd.places.allSatisfy { (4...11).contains($0.score) })
        }
    }
}
