import Testing

@testable import Reports

struct XMLEscapingTests {
    @Test(
        "markup is escaped",
        arguments: [
            ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
            ("]]>", "]]&gt;"),
            ("<![CDATA[x]]>", "&lt;![CDATA[x]]&gt;"),
            ("&amp;", "&amp;amp;"),
            ("\"it's\"", "\"it's\""),
            ("", ""),
        ]
    )
    func markup(text: String, escaped: String) {
        #expect(XMLEscaping.escape(text) == escaped)
    }

    @Test("attributes keep their quotes, tabs and line ends")
    func attributes() {
        #expect(XMLEscaping.escape("\"a\"\tb\nc\r", inAttribute: true) == "&quot;a&quot;&#9;b&#10;c&#13;")
    }

    @Test("text keeps tabs and line feeds as they are, and a carriage return as a reference")
    func whitespace() {
        #expect(XMLEscaping.escape("a\tb\nc\rd\r\n") == "a\tb\nc&#13;d&#13;\n")
    }

    @Test("every scalar is written as XML 1.0 allows it, or replaced")
    func everyScalar() {
        var all = String.UnicodeScalarView()
        for value in UInt32(0)...0x10FFFF {
            if let scalar = Unicode.Scalar(value) { all.append(scalar) }
        }
        let escaped = XMLEscaping.escape(String(all), inAttribute: true)
        let unwritable = escaped.unicodeScalars.first { scalar in
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: false
            default: true
            }
        }
        #expect(unwritable == nil)
    }

    @Test(
        "characters that XML forbids or discourages are replaced",
        arguments: [
            0x0, 0x1, 0x8, 0xB, 0xC, 0x1B, 0x1F, 0x7F, 0x80, 0x9F, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF,
        ]
    )
    func forbidden(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(XMLEscaping.escape("a\(Character(scalar))b") == "a\u{FFFD}b")
    }

    @Test("letters of every plane stay")
    func letters() {
        let text = "naïve 長い名前 🎬 \u{85} \u{FDF0} \u{1FFFD} e\u{301}"
        #expect(XMLEscaping.escape(text) == text)
    }
}
