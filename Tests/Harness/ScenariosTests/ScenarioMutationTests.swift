import Domain
import Foundation
import Scenarios
import Testing

/// Seeded damage to shipped scenarios: it may be refused or survive, and never crashes.
struct ScenarioMutationTests {
    /// Bytes that mean something to YAML.
    private static let hostile =
        Array("{}[]:,-?&*!|>'\"%@`#\t\n\r \0~<=\u{7F}\u{FEFF}\u{1B}09.é".utf8) + [0x80, 0xC0, 0xFF]

    private static func damage(_ bytes: inout [UInt8], with generator: inout SplitMix64) {
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[index] = hostile.randomElement(using: &generator) ?? 0
            case 1: bytes.insert(hostile.randomElement(using: &generator) ?? 0, at: index)
            case 2: bytes.remove(at: index)
            case 3: bytes.removeSubrange(index..<min(bytes.count, index + 40))
            case 4: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 60)], at: index)
            default: bytes.removeSubrange(index...)
            }
        }
    }

    @Test("Damaged scenarios are refused in one line or decoded", arguments: 0..<12)
    func scenarios(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let files = ShippedScenariosTests.files
        for round in 0..<60 {
            let file = try #require(files.randomElement(using: &generator))
            let path = ShippedScenariosTests.folder + "/" + file
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            Self.damage(&bytes, with: &generator)
            do {
                let scenario = try ScenarioLoader.decode(bytes, path: "damaged.yaml")
                #expect(!scenario.name.value.isEmpty)
            } catch {
                #expect(!"\(error)".unicodeScalars.contains { $0.value < 0x20 }, "seed \(seed), round \(round)")
            }
        }
    }

    @Test("Damaged recordings are refused in one line or read", arguments: 0..<4)
    func recordings(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let folder = try TemporaryFolder()
        let line =
            #"{"session_id": "5f3c1d20-7a64-4e0b-9b51-2f8f6f1c0a11", "ratings": [{"movie_id": "318", "rating": 9, "#
            + #""created_at": "2016-01-02T03:04:05.5+01:00"}], "phase1_movies": [318]}"#
        for round in 0..<60 {
            var bytes = Array((line + "\n").utf8)
            Self.damage(&bytes, with: &generator)
            let path = try folder.write(bytes, to: "s.jsonl")
            do {
                #expect(try !SessionReader.read(path).isEmpty)
            } catch {
                #expect(!"\(error)".unicodeScalars.contains { $0.value < 0x20 }, "seed \(seed), round \(round)")
            }
        }
    }
}
