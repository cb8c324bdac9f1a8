import ColdstartTestSupport
import Foundation
import Testing

/// A copy of the demo's bundle in which single parts are changed, so that what follows from each is known.
struct ChangedBundle {
    /// The folder.
    let path: String

    /// Copies the demo's bundle.
    init(in harness: CommandLineHarness, named name: String = "changed") throws {
        path = "\(harness.path)/\(name)"
        try FileManager.default.copyItem(atPath: Fixtures.packageDirectory + "/scenarios/bundle", toPath: path)
    }

    /// Gives the SVD factors of the first movie the opposite sign.
    func changeSVD() throws {
        try change("svd_5core/V.npy") { bytes in
            // The header of an .npy file of version 1 has its length in bytes 8 and 9; the factors are float32.
            let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
            for number in 0..<64 { bytes[start + 4 * number + 3] ^= 0x80 }
        }
    }

    /// Gives every seventh number of the checkpoint's first tensor, the shared embeddings, the opposite sign.
    func changeCheckpoint() throws {
        try change("p5/mvt_aug_epoch10.pth") { bytes in
            // A member of the archive: a local header of 30 bytes that ends with the lengths of name and padding, the
            // name, the padding, then the numbers as they are.
            let name = Data("mvt_aug_epoch10/data/0".utf8)
            let place = try #require(bytes.firstRange(of: name)).lowerBound
            let padding = Int(bytes[place - 2]) + Int(bytes[place - 1]) << 8
            let start = place + name.count + padding
            for number in stride(from: 0, to: 180_224 / 4, by: 7) { bytes[start + 4 * number + 3] ^= 0x80 }
        }
    }

    /// Exchanges the pieces of two digits, of which users' and movies' names in prompts are made.
    func changeTokenizer() throws {
        try change("t5-small/spiece.model") { bytes in
            // A piece in a ModelProto: field 1 with its text, then field 2 with its score.
            func place(of digit: Character) throws -> Int {
                let piece = Data([0x0A, 0x01, digit.asciiValue ?? 0, 0x15])
                return try #require(bytes.firstRange(of: piece)).lowerBound + 2
            }
            let (five, seven) = (try place(of: "5"), try place(of: "7"))
            bytes.swapAt(five, seven)
        }
    }

    /// Gives every movie the internal id of another.
    func changeIDMap() throws {
        try change("p5/datamaps.json") { bytes in
            struct Maps: Codable { var item2id: [String: String] }
            var maps = try JSONDecoder().decode(Maps.self, from: bytes)
            let movies = maps.item2id.keys.sorted()
            let ids = movies.compactMap { maps.item2id[$0] }
            maps.item2id = Dictionary(uniqueKeysWithValues: zip(movies, ids.dropFirst() + ids.prefix(1)))
            bytes = try JSONEncoder().encode(maps)
        }
    }

    private func change(_ file: String, _ body: (inout Data) throws -> Void) throws {
        let url = URL(fileURLWithPath: "\(path)/\(file)")
        var bytes = try Data(contentsOf: url)
        let before = bytes
        try body(&bytes)
        try #require(bytes != before)
        try bytes.write(to: url)
    }
}
