import Testing

@testable import GRPCHealth

/// Header fields against the examples of RFC 7541 and against `hpack` of Python.
struct HeaderDecoderTests {
    private func fields(_ digits: String) throws -> [String] {
        try HeaderDecoder.fields(of: bytes(digits)).map { "\($0.name): \($0.value)" }
    }

    @Test("the first examples of RFC 7541, appendix C, plain and by Huffman's code")
    func examples() throws {
        let expected = [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"]
        #expect(try fields("828684410f7777772e6578616d706c652e636f6d") == expected)
        #expect(try fields("828684418cf1e3c2e5f23a6ba0ab90f4ff") == expected)
        #expect(try fields("040c2f73616d706c652f70617468") == [":path: /sample/path"])
        #expect(try fields("100870617373776f726406736563726574") == ["password: secret"])
        #expect(
            try fields(
                "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82"
                    + "ae43d3"
            ) == [
                ":status: 302", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT",
                "location: https://www.example.com",
            ]
        )
    }

    @Test("every byte has the code that hpack gives it")
    func everyByte() throws {
        let all = bytes(
            """
            ffc7fffd8fffffe2fffffe3fffffe4fffffe5fffffe6fffffe7fffffe8ffffeafffffff3fffffa7fffffabffffffdfffffebffff
            fecfffffedfffffeefffffefffffff0ffffff1ffffff2fffffffbfffffcffffffd3fffffd7fffffdbfffffdffffffe3fffffe7ff
            fffebfffffed4fe3f9ffaffcabf1febfafefe7fdfd2cbb00089969b71d79fb9f7fff20ffbff3ff50ddbd7f061c58f265cd9f469d
            5af66dddbf871e5f9cff7ff7fffc3ff9ffe45fff4719242cb34e6e9d68a6a3d7dac426defe3cfaf7fffbfe7ffbffdffffffcfffe
            6ffff4bfff9ffffa3fffd3ffff53fffd5ffffb3fffeb7fffdaffffb7ffff73fffeeffffdeffffebffffbfffffd9ffffdbfffebff
            ffe0ffffeeffffc3ffff8bffff1ffffe4fffee7fffb1ffff97fffd9ffffcdffff9fffffbffffdafffeeffff4ffffb7fffee7fffe
            8ffffd3fffdeffffd5fffeeffffbdffffe1fffdfffff7fffff5ffffecffff07fff87fffe0ffff17fffedffff87ffff77fffeffff
            eaffff8bfffe3ffff93ffff87fffcbffff37ffff1fffff83ffffe1fffebfffe3ffff3fffff2ffffa3ffffd9fffff17ffffc7ffff
            f27ffffdefffffbffffff2fffff8fffffb7fff97fff8fffffe6fffffc1fffff87ffffe7fffffc5ffffe5fffe4ffff2fffffd1fff
            ff4ffffffefffffe3fffffc9fffff97fffb3ffffcffffb7fffcdffff4ffff9ffffd1ffffcffffeaffffafffffddffffeffffff4f
            ffff5fffffabffffa7ffffd7fffff9bffffecfffffb7fffff3fffffe8fffffd3fffffabfffff5fffffff7ffffecfffffdbfffffb
            bfffff7ffffff0fffffbbf
            """
        )
        #expect(try HuffmanCode.decode(all) == Array(0...255))
    }

    @Test(
        "what is no block of header fields is refused",
        arguments: [
            "be", "80", "ff", "ffffffffff", "40", "4001", "400161", "40016105", "408200", "4081ff", "0083ffffff",
            "0084ffffffff", "3f",
        ]
    )
    func refused(digits: String) {
        #expect(throws: HTTP2Error.self) { try fields(digits) }
    }

    @Test("the size of the table may be told, and fields are not kept in it")
    func noTable() throws {
        #expect(try fields("20" + "4003666f6f03626172" + "3fe11f" + "88") == ["foo: bar", ":status: 200"])
        #expect(throws: HTTP2Error.self) { try fields("4003666f6f03626172" + "be") }
    }

    @Test("the table that every side knows has its 61 entries")
    func staticTable() {
        #expect(HeaderField.staticTable.count == 61)
        #expect(HeaderField.staticTable[15] == HeaderField(name: "accept-encoding", value: "gzip, deflate"))
        #expect(HeaderField.staticTable[60] == HeaderField(name: "www-authenticate", value: ""))
    }
}
