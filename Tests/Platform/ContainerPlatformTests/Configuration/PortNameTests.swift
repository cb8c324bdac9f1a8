import ContainerPlatform
import Foundation
import Testing

@Suite("The name of a port")
struct PortNameTests {
    @Test(
        "is kept to the letter, whatever its length",
        arguments: ["a", "web", "grpc-web", "http-metrics", "abcdefgh-ijklmn"]
    )
    func kept(text: String) throws {
        let name = try #require(PortName(text))
        #expect(name.text == text)
        let stored = try JSONEncoder().encode([name])
        #expect(String(decoding: stored, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([PortName].self, from: stored) == [name])
    }

    @Test("differs where a letter does", arguments: [("web-1", "web-2"), ("abcdefgh", "abcdefgh-"), ("ab", "ba")])
    func different(one: String, other: String) {
        #expect(PortName(one) != PortName(other))
    }

    @Test(
        "is refused where Kubernetes refuses it",
        arguments: ["", "Web", "web_1", "wéb", "abcdefghijklmnop", "a\u{0}b"]
    )
    func refused(text: String) throws {
        #expect(PortName(text) == nil)
        let stored = try JSONEncoder().encode([text])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([PortName].self, from: stored) }
    }
}
