@testable import Goldens
import Testing

@Suite("Fingerprints of a golden")
struct GoldenFingerprintsTests {
    private let golden = GoldenFingerprints(files: ["p5/a.pth": "aa", "svd_5core/V.npy": "bb"])

    @Test("The same files match, whatever the case of the digits")
    func same() {
        #expect(golden.mismatches(actual: ["svd_5core/V.npy": "BB", "p5/a.pth": "aa"]).isEmpty)
    }

    @Test("A stale checkpoint is named with both digests")
    func stale() throws {
        let mismatch = try #require(golden.mismatches(actual: ["svd_5core/V.npy": "bb", "p5/a.pth": "cc"]).first)
        #expect(mismatch == .init(path: "p5/a.pth", expected: "aa", actual: "cc"))
        #expect(mismatch.description.contains("p5/a.pth is not the file of the golden"))
    }

    @Test("Files that are missing or added are mismatches, in the order of the paths")
    func missingAndAdded() {
        #expect(
            golden.mismatches(actual: ["svd_5core/V.npy": "bb", "svd_5core/item_bias.npy": "dd"])
                == [
                    .init(path: "p5/a.pth", expected: "aa", actual: nil),
                    .init(path: "svd_5core/item_bias.npy", expected: nil, actual: "dd"),
                ]
        )
    }
}
