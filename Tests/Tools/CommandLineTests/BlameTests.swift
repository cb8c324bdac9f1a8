import ColdstartTestSupport
import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct BlameTests {
        private struct Document: Decodable {
            struct Blame: Decodable {
                struct Places: Decodable {
                    let candidates: Int
                    let reranking: Int
                    let both: Int
                    let ties: Int
                }
                struct Part: Decodable {
                    let part: String
                    let placesAlone: Int
                    let failure: String?
                }
                struct Session: Decodable { let places: Places }
                let places: Places
                let changedPlaces: Int
                let parts: [Part]
                let sessions: [Session]
            }
            let blame: Blame
        }

        /// The blame of a change, over the first sessions of the demo.
        private func blame(
            _ harness: CommandLineHarness,
            _ bundle: ChangedBundle,
            sessions count: Int = 1
        ) async throws -> Document.Blame {
            let all = try String(
                contentsOfFile: Fixtures.packageDirectory + "/scenarios/sessions/demo.jsonl",
                encoding: .utf8
            )
            let sessions = harness.path + "/few.jsonl"
            try all.split(separator: "\n").prefix(count).joined(separator: "\n")
                .write(toFile: sessions, atomically: true, encoding: .utf8)
            let outcome = try await harness.run([
                "compare", "scenarios/bundle", bundle.path, "--blame", "--sessions", sessions, "--catalogue",
                "scenarios/catalogue.jsonl", "--format", "json",
            ])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let blame = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8)).blame
            let sum = { (places: Document.Blame.Places) in
                places.candidates + places.reranking + places.both + places.ties
            }
            #expect(blame.changedPlaces > 0 && sum(blame.places) == blame.changedPlaces)
            #expect(blame.sessions.reduce(0) { $0 + sum($1.places) } == blame.changedPlaces)
            return blame
        }

        @Test(arguments: ["checkpoint", "tokenizer", "id map"])
        func `a part of P5 that changed alone is to blame for every changed place`(part: String) async throws {
            let harness = try CommandLineHarness()
            let bundle = try ChangedBundle(in: harness)
            switch part {
            case "checkpoint": try bundle.changeCheckpoint()
            case "tokenizer": try bundle.changeTokenizer()
            default: try bundle.changeIDMap()
            }
            let blame = try await blame(harness, bundle)
            #expect(blame.places.candidates == 0 && blame.places.both == 0)
            #expect(blame.parts.map(\.part) == [part] && blame.parts[0].failure == nil)
            #expect(blame.parts[0].placesAlone == blame.changedPlaces)
        }

        @Test func `of parts that changed together each is tried alone, and SVD beside them`() async throws {
            let harness = try CommandLineHarness()
            let bundle = try ChangedBundle(in: harness)
            try bundle.changeCheckpoint()
            try bundle.changeTokenizer()
            try bundle.changeIDMap()
            let ofP5 = try await blame(harness, bundle, sessions: 2)
            #expect(ofP5.places.candidates == 0 && ofP5.places.both == 0 && ofP5.sessions.count == 2)
            #expect(ofP5.parts.map(\.part) == ["checkpoint", "tokenizer", "id map"])
            #expect(ofP5.parts.allSatisfy { $0.failure == nil && $0.placesAlone > 0 })
            // Another regularisation moves SVD's scores and with them P5's candidates.
            try #"{"reg": 50}"#.write(toFile: bundle.path + "/svd_5core/lambda.json", atomically: true, encoding: .utf8)
            let ofAll = try await blame(harness, bundle, sessions: 2)
            #expect(ofAll.parts.map(\.part) == ["svd", "checkpoint", "tokenizer", "id map"])
            #expect(ofAll.parts.allSatisfy { $0.failure == nil && $0.placesAlone > 0 })
            // What each part of P5 does alone follows from the old candidates, which are the same in both.
            #expect(ofAll.parts.dropFirst().map(\.placesAlone) == ofP5.parts.map(\.placesAlone))
            #expect(ofAll.places.both > 0)
        }
    }
}
