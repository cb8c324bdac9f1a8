import Domain
import Foundation
import Testing

@testable import ModelComparison

struct Base64Tests {
    private func decoded(_ text: some Sequence<UInt8>) -> [UInt8]? {
        Array(text).withUnsafeBytes { text in Base64.withDecoded(text) { Array($0) } }
    }

    @Test func `the examples of RFC 4648 are read`() {
        for (text, meaning) in [
            ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
            ("Zm9vYmFy", "foobar"),
        ] { #expect(decoded(text.utf8) == Array(meaning.utf8)) }
    }

    @Test func `what Foundation writes is read, of every length`() {
        var generator = SplitMix64(seed: 4)
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
            #expect(decoded(Data(bytes).base64EncodedData()) == bytes)
        }
    }

    @Test(
        "what is no Base64 is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "=Zg=", "Zm=v", "Z===", "====", "Zm9v\n", "Zm9 ", "Zm-_", "Zh==", "Zm9=",
            "Zg==Zg==",
        ]
    )
    func refused(text: String) {
        #expect(decoded(text.utf8) == nil)
    }

    @Test func `each byte that is no character of the alphabet is refused`() {
        let alphabet = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect((decoded([65, 66, byte, 67]) != nil) == alphabet.contains(byte), "\(byte)")
        }
    }
}
