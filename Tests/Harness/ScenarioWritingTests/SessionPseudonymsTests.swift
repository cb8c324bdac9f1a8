import Domain
import ScenarioWriting
import Testing

@Suite("Pseudonyms of sessions")
struct SessionPseudonymsTests {
    /// The cases 1, 2 and 6 of RFC 4231.
    @Test(
        "HMAC-SHA256 is that of RFC 4231",
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func vectors(key: [UInt8], message: String, expected: String) {
        let code = SessionPseudonyms(key: key).authenticationCode(of: Array(message.utf8))
        #expect(code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
    }

    @Test("A pseudonym is a UUID of version 8 that depends on session and key")
    func pseudonyms() throws {
        let session = try #require(SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d"))
        let other = try #require(SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61e"))
        let pseudonyms = SessionPseudonyms(key: Array("a key of some bytes".utf8))
        let id = pseudonyms.pseudonym(of: session)
        #expect(Array(id.text)[14] == "8" && "89ab".contains(Array(id.text)[19]))
        #expect(id == pseudonyms.pseudonym(of: session))
        #expect(id != pseudonyms.pseudonym(of: other))
        #expect(id != SessionPseudonyms(key: Array("another key of bytes".utf8)).pseudonym(of: session))
        #expect(SessionPseudonyms.random().pseudonym(of: session) != SessionPseudonyms.random().pseudonym(of: session))
    }

    @Test(
        "Moments are written as the readers read them",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400_000_000, "2000-02-29T00:00:00Z"),
            (1_577_836_799_999_999, "2019-12-31T23:59:59.999999Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (4_102_444_800_000_001, "2100-01-01T00:00:00.000001Z"),
        ] as [(Int64, String)]
    )
    func moments(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).iso8601 == text)
    }
}
