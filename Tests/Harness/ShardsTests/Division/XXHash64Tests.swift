import Shards
import Testing

struct XXHash64Tests {
    /// Values of xxhash 4.1.0 for Python, which binds the C library 0.8.4: `xxhash.xxh64_intdigest(key.encode(), 0)`.
    @Test(
        "texts have the hashes that the reference implementation gives",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
            ("session-000001", 0x7043_CC25_91FC_7552), ("01234567890123456789012345678901", 0xE5CC_9F41_1EA1_10BA),
            ("The quick brown fox jumps over the lazy dog. 0123456789", 0x08F8_9107_164F_6F9B),
            ("b7c5a1de-0f3b-4a59-8f63-6c2d6f1f8a01", 0x95C1_C82D_D5E0_C319),
            ("Amélie · 映画", 0x7ADE_57C6_C73D_664B), ("scenarios/05-progressive-hole.yaml", 0x8AB7_3115_3F2C_0DDA),
        ] as [(String, UInt64)]
    )
    func texts(text: String, hash: UInt64) {
        #expect(XXHash64.hash(text) == hash)
    }

    /// As above, of `bytes(i * 7 % 256 for i in range(count))`.
    @Test(
        "bytes around the length of a stripe have the reference's hashes, however they are handed over",
        arguments: [
            (31, 0x0F18_7C62_B1E7_22B7), (32, 0x91B0_CB09_31A8_C629), (33, 0x931B_043C_F8D6_5B94),
            (63, 0x2191_10BF_13E2_FA26), (64, 0xBF30_52E3_4457_75D0), (65, 0xED65_E351_0DF3_611D),
            (1000, 0x2527_5608_A9CF_C168),
        ] as [(Int, UInt64)]
    )
    func bytes(count: Int, hash: UInt64) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for piece in [1, 7, 31, 32, 33, 1000] {
            var pieces = XXHash64()
            for start in stride(from: 0, to: count, by: piece) {
                bytes[start..<min(count, start + piece)].withUnsafeBytes { pieces.update($0) }
            }
            #expect(pieces.value == hash, "in pieces of \(piece)")
        }
    }

    @Test("a hash is written with all its digits")
    func text() {
        #expect(XXHash64.text(of: 0xAB) == "00000000000000ab")
        #expect(XXHash64().text == "ef46db3751d8e999")
    }
}
