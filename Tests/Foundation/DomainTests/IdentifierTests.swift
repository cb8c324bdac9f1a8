import Domain
import Formats
import Foundation
import Testing

struct IdentifierTests {
    @Test(arguments: [
        (#"318"#, "318"), (#""318""#, "318"), (#""007""#, "007"), (#""tt 0 é""#, "tt 0 é"),
        (#"9007199254740993"#, "9007199254740993"),
    ])
    func `a movie id is a string or a whole number, to the character`(json: String, text: String) throws {
        #expect(try JSONDecoder().decode([MovieID].self, from: Data("[\(json)]".utf8)) == [MovieID(text)])
    }

    @Test(arguments: ["9223372036854775808", "-9223372036854775809", "123456789012345678901234567890123456789012345"])
    func `a whole number of any length is kept to the character`(json: String) throws {
        #expect(try JSONReader.decode([MovieID].self, from: "[\(json)]".utf8) == [MovieID(json)])
    }

    @Test func `ids are compared, hashed and sorted by their bytes`() {
        let composed = MovieID("am\u{e9}lie")
        let decomposed = MovieID("ame\u{301}lie")
        #expect(composed.text == decomposed.text)
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect([composed, decomposed, "10", "9"].sorted() == ["10", "9", decomposed, composed])
    }

    @Test(arguments: ["1.5", "null", "true", "[]", "{}"])
    func `anything else is no movie id`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([MovieID].self, from: Data("[\(json)]".utf8))
        }
    }

    @Test func `a session id is read in either case and written in lower case`() {
        #expect(SessionID("A05F020E-C391-4BA9-BFB3-4047DE64816E")?.text == "a05f020e-c391-4ba9-bfb3-4047de64816e")
    }

    @Test(arguments: [
        "", "a05f020e-c391-4ba9-bfb3-4047de64816", "a05f020ec3914ba9bfb34047de64816e----",
        "g05f020e-c391-4ba9-bfb3-4047de64816e", "a05f020e-c391-4ba9-bfb3-4047de64816e ",
        "{a05f020e-c391-4ba9-bfb3-4047de6481}",
    ])
    func `a text that is no UUID is no session id`(text: String) {
        #expect(SessionID(text) == nil)
    }
}
