import Formats
import Testing

struct JSONReaderTests {
    private struct Line: Decodable, Equatable {
        var id: String
        var year: Int?
        var scores: [Double]?
    }

    private struct Numbers: Decodable {
        var numbers: [JSONNumber]
    }

    private func refusal(_ text: some Sequence<UInt8>) -> JSONFault? {
        #expect(throws: JSONFault.self) { try JSONReader.decode(Line.self, from: text) }
    }

    @Test func `a value is decoded by its type`() throws {
        let text = #" {"x": [1, {"y": null}], "id": "\u0061\ud83d\ude00\/", "year": 1.994e3, "scores": [1, -0.5]} "#
        let line = try JSONReader.decode(Line.self, from: text.utf8)
        #expect(line == Line(id: "a\u{1F600}/", year: 1994, scores: [1, -0.5]))
    }

    @Test func `a byte order mark is taken`() throws {
        let line = try JSONReader.decode(Line.self, from: "\u{FEFF}{\"id\": \"1\"}".utf8)
        #expect(line == Line(id: "1"))
    }

    @Test func `numbers keep their digits`() throws {
        let literals = ["9223372036854775808", "-0", "12345678901234567890123456789012345678901234567890", "1.50"]
        let text = "{\"numbers\": [\(literals.joined(separator: ","))]}"
        let numbers = try JSONReader.decode(Numbers.self, from: text.utf8).numbers
        #expect(numbers.map(\.text) == literals)
        #expect(numbers.map(\.isWhole) == [true, true, true, false])
    }

    @Test(
        arguments: [
            (#"{"id": "1", "id": "2"}"#, .duplicateKey, "line 1, column 13: found the key \"id\" twice"),
            (#"{"id": "1", "\u0069d": "2"}"#, .duplicateKey, "twice"),
            (
                "{\"id\": \"1\",\n \"year\": NaN}", .notFinite,
                "line 2, column 10: `year`: found NaN, which JSON does not"
            ),
            (#"{"id": "1", "scores": [1, -Infinity]}"#, .notFinite, "`scores[1]`: found -Infinity"),
            (
                #"{"id": "1", "scores": [1, 1e999]}"#, .unfit,
                "`scores[1]`: found 1e999, expected a number that a 64-bit"
            ),
            (#"{"id": "a\ud83d b"}"#, .encoding, "line 1, column 10: `id`: found half of a surrogate pair, \\ud83d"),
            (#"{"id": "\ude00"}"#, .encoding, "half of a surrogate pair, \\ude00"),
            (#"{"id": "\ud83d\u0041"}"#, .encoding, "half of a surrogate pair, \\ud83d"),
            (#"{"id": 1}"#, .unfit, "line 1, column 8: `id`: found 1, expected text"),
            (#"{"id": "1", "year": 1.5}"#, .unfit, "`year`: found 1.5, expected a whole number"),
            (#"{"id": "1", "year": 9223372036854775808}"#, .unfit, "`year`: found 9223372036854775808"),
            ("{}", .missingKey, "line 1, column 1: `id` is missing"),
            ("[]", .unfit, "found a list, expected an object"),
            (#"{"id": "1"} {}"#, .syntax, "line 1, column 13: found \"{}\", expected the end of the text"),
            (#"{"id": "1",}"#, .syntax, "line 1, column 12: found \"}\", expected text in double quotes"),
            (#"{"id": "1" "year": 1}"#, .syntax, "expected ',' or '}'"),
            (#"{"id": '1'}"#, .syntax, "line 1, column 8"),
            (#"{"id": None}"#, .syntax, "found \"None\", expected a value"),
            (#"{"id": "1", "year": 01}"#, .syntax, "found \"01\", expected a value"),
            (#"{"id": "1", "year": .5}"#, .syntax, "found \".5\", expected a value"),
            (#"{"id": "1", "year": +5}"#, .syntax, "found \"+5\", expected a value"),
            (#"{"id": "1"#, .syntax, "found the end of the text, expected the end of the string"),
            ("{\"id\": \"a\tb\"}", .syntax, "found a control character in a string (0x09)"),
            (#"{"id": "\x41"}"#, .syntax, "found the escape \\x"),
            ("", .syntax, "found an empty text"),
            ("// x", .syntax, "line 1, column 1"),
            ("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", .foreign, "run `git lfs pull`"),
            ("<!DOCTYPE html><html>", .foreign, "a web page"),
        ] as [(String, JSONFault.Code, String)]
    )
    func `a bad text is refused with its place and its cause`(text: String, code: JSONFault.Code, words: String) throws
    {
        let fault = try #require(refusal(text.utf8))
        #expect(fault.code == code, "\(fault)")
        #expect(fault.description.contains(words), "\(fault)")
    }

    @Test func `another encoding is named`() throws {
        let latin = try #require(refusal(Array("{\n\"id\": \"Am".utf8) + [0xe9] + Array("lie\"}".utf8)))
        #expect(latin.code == .encoding)
        #expect(latin.description.hasPrefix("line 2, column 10: `id`: found the byte 0xe9, which is not UTF-8"))
        #expect(latin.description.contains("\u{e9}"))
        for mark in [[0xff, 0xfe], []] as [[UInt8]] {
            let wide = mark + "{\"id\": \"1\"}".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
            let fault = try #require(refusal(wide))
            #expect(fault.code == .foreign && fault.found == "text in UTF-16", "\(fault)")
        }
        // Python's surrogatepass and CESU-8: halves of a pair as bytes.
        let halves = try #require(refusal(Array("{\"id\": \"".utf8) + [0xed, 0xa0, 0xbd] + Array("\"}".utf8)))
        #expect(halves.code == .encoding, "\(halves)")
    }

    @Test func `nesting has a limit`() throws {
        for (open, close) in [("[", "]"), ("{\"x\":", "}")] {
            let most = JSONScanner.depthLimit - 1
            func text(_ depth: Int) -> String {
                let inner = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
                return "{\"id\": \"1\", \"y\": \(inner)}"
            }
            #expect(try JSONReader.decode(Line.self, from: text(most).utf8) == Line(id: "1"))
            #expect(try #require(refusal(text(most + 1).utf8)).message.contains("nested deeper"))
            #expect(refusal(String(repeating: open, count: 200_000).utf8) != nil)
        }
    }

    @Test func `keys are told by their bytes`() throws {
        let text = "{\"caf\u{e9}\": 1, \"cafe\u{301}\": 2}"
        var values: [Int] = []
        try Array(text.utf8)
            .withUnsafeBufferPointer { bytes in
                try JSONReader.scan(UnsafeRawBufferPointer(bytes)) { (scanner) throws(JSONFault) in
                    try scanner.object { (_, _, scanner) throws(JSONFault) in
                        values.append(try scanner.number().integer() ?? 0)
                    }
                }
            }
        #expect(values == [1, 2])
    }

    @Test func `a part of a scanned text is decoded where it stands`() throws {
        func scan(_ text: String) throws -> ([Double], [Line]) {
            var weights: [Double] = []
            var lines: [Line] = []
            try Array(text.utf8)
                .withUnsafeBufferPointer { bytes in
                    try JSONReader.scan(UnsafeRawBufferPointer(bytes)) { (scanner) throws(JSONFault) in
                        try scanner.object { (key, _, scanner) throws(JSONFault) in
                            if key == "weight" { weights.append(try scanner.double()) }
                            if key == "line" { lines.append(try scanner.decode(Line.self)) }
                        }
                    }
                }
            return (weights, lines)
        }

        let (weights, lines) = try scan(#"{"line": {"id": "1", "scores": [2]}, "weight": -15e-1}"#)
        #expect(weights == [-1.5] && lines == [Line(id: "1", scores: [2])])
        for (text, fault) in [
            ("{\"weight\": 1,\n \"line\": {\"id\": 3}}", "line 2, column 17: `line.id`: found 3, expected text"),
            ("{\"weight\":\n 1e999}", "line 2, column 2: `weight`: found 1e999, expected a number that a 64-bit float"),
            ("{\"weight\": true}", "line 1, column 12: `weight`: found \"true\", expected a number"),
            ("{\"line\": {}}", "line 1, column 10: `line.id` is missing"),
        ] {
            let error = try #require(throws: JSONFault.self) { try scan(text) }
            #expect("\(error)".hasPrefix(fault), "\(error)")
        }
    }

    @Test func `every truncation and every changed byte is a value or a fault`() throws {
        let text = Array(#"{"id": "a\u00e9é", "year": -12, "scores": [1.5e-3, 0, true], "x": {"y": [null]}}"#.utf8)
        for end in 0..<text.count { #expect(refusal(text.prefix(end)) != nil, "\(end)") }
        for index in text.indices {
            for bit in 0..<8 {
                var changed = text
                changed[index] ^= 1 << UInt8(bit)
                _ = try? JSONReader.decode(Line.self, from: changed)
            }
        }
    }
}
