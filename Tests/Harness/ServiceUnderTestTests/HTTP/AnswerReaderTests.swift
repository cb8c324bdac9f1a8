import Testing

@testable import ServiceUnderTest

/// Answers of servers that nobody vouches for.
struct AnswerReaderTests {
    private func read(_ text: String, piece: Int, limit: Int = 1000, ends: Bool = true) throws -> HTTPAnswer? {
        var reader = AnswerReader(bodyLimit: limit)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try reader.take(bytes[start..<min(start + piece, bytes.count)])
        }
        if ends { try reader.takeEnd() }
        return reader.complete
    }

    private static let whole = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Two:  a b \r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Two: a b\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: 1\r\n\r\n",
        "HTTP/1.0 200 OK\nX-Two: a b\n\nhello",
        "HTTP/1.1 200\r\ncontent-length:5\r\nx-two:a b\r\n\r\nhello",
        "HTTP/1.1 200 \r\nContent-Length: 5, 5\r\nX-Two: a\r\n  b\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\nX-Two : a b\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nX-Two: a b\r\n\r\n"
            + "0000000000000002 ;a=\"b;c\"\r\nhe\r\n0003\r\nllo\r\n000\r\nT: 1\r\nU: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\nX-Two: a b\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nX-Two: a b\r\n\r\nhello",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
            + "X-Two: a b\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Two: a b\r\n\r\nhello and more",
    ]

    @Test("an answer is the same in whatever pieces it comes", arguments: whole, [1, 2, 3, 7, 1000])
    func pieces(_ text: String, _ piece: Int) throws {
        let answer = try #require(try read(text, piece: piece))
        #expect(answer.status == 200)
        #expect(answer["x-two"] == "a b")
        #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
    }

    @Test("an answer without a body is complete with its head", arguments: ["204 No Content", "304 Not Modified"])
    func withoutBody(_ line: String) throws {
        #expect(try read("HTTP/1.1 \(line)\r\n\r\n", piece: 5, ends: false) != nil)
    }

    @Test(
        "what is no answer is said to be none",
        arguments: [
            "", "SSH-2.0-OpenSSH\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 99 Low\r\n\r\n",
            "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n;a=b\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1 0\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello!",
            "HTTP/1.1 200 OK\r\nContent-Length: 5 6\r\n\r\nhello!",
        ]
    )
    func malformed(_ text: String) {
        #expect(throws: AnswerReader.Malformed.self) { try read(text, piece: 1000) }
        #expect(throws: AnswerReader.Malformed.self) { try read(text, piece: 1) }
    }

    @Test(
        "a redirection says where it leads",
        arguments: [
            ("302 Found\r\nLocation: https://movies.example/x", "status 302 leads to https://movies.example/x"),
            ("308 Permanent Redirect", "status 308 leads elsewhere without saying where"),
            ("304 Not Modified\r\nLocation: /x", nil), ("200 OK\r\nLocation: /x", nil),
        ] as [(String, String?)]
    )
    func redirection(_ head: String, _ text: String?) throws {
        let answer = try #require(try read("HTTP/1.1 \(head)\r\nContent-Length: 0\r\n\r\n", piece: 1000))
        #expect(answer.redirection == text)
    }

    @Test("a body is kept up to the limit, however long the server says it is")
    func limit() throws {
        let answer = try #require(
            try read(
                "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nhello",
                piece: 4,
                limit: 3,
                ends: false
            )
        )
        #expect(answer.body.count == 3)
    }

    @Test("a head and a line that never end are given up")
    func endless() {
        let filler = String(repeating: "x", count: 70_000)
        #expect(throws: AnswerReader.Malformed.self) { try read("HTTP/1.1 200 OK\r\nA: " + filler, piece: 9000) }
        #expect(throws: AnswerReader.Malformed.self) {
            try read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + filler, piece: 9000)
        }
    }
}
