import HCLSyntax
import Testing

struct HCLParserTests {
    private func file(_ text: String) -> HCLFile { HCLFile(Array(text.utf8)) }

    private func value(_ text: String) throws -> HCLValue {
        let file = file("x = \(text)\n")
        try #require(file.problems.isEmpty, "\(file.problems)")
        let attribute = try #require(file.body.attribute("x"))
        return HCLEvaluator().value(of: attribute.value) { _ in nil }
    }

    @Test func `blocks and attributes are read with their places`() throws {
        let text = "resource \"a\" \"b\" { # note\n  one = 1\n  inner { two = \"2\" }\n}\n"
        let file = file(text)
        #expect(file.problems.isEmpty)
        let block = try #require(file.body.blocks("resource").first)
        #expect(block.labels == ["a", "b"])
        let one = try #require(block.body.attribute("one"))
        #expect(Array(text.utf8)[one.nameRange].elementsEqual("one".utf8))
        #expect(Array(text.utf8)[one.value.range].elementsEqual("1".utf8))
        let two = try #require(block.body.blocks("inner").first?.body.attribute("two"))
        #expect(two.value.plainText == "2")
        #expect(Array(text.utf8)[two.value.range].elementsEqual("\"2\"".utf8))
    }

    static let cases: [(text: String, expected: HCLValue)] = [
        ("1 + 2 * 3", .number(7)), ("(1 + 2) * 3", .number(9)), ("-4 % 3", .number(-1)),
        ("10 / 4", .number(2.5)), ("!true", .bool(false)), ("1 < 2 && 2 <= 2", .bool(true)),
        ("\"a\" == \"a\"", .bool(true)), ("null", .null), ("true ? 1 : 2", .number(1)),
        ("1e3", .number(1000)), ("\"a${1 + 1}b\"", .string("a2b")), ("\"$${x}\"", .string("${x}")),
        ("\"\\u00e9\\n\"", .string("é\n")), ("[1, 2,]", .list([.number(1), .number(2)])),
        ("{a = 1, \"b\" : 2}", .object([.init("a", .number(1)), .init("b", .number(2))])),
        ("{\n a = 1\n b = 2\n}", .object([.init("a", .number(1)), .init("b", .number(2))])),
        ("[10, 20][1]", .number(20)), ("{a = {b = 5}}.a.b", .number(5)),
        ("[{a = 1}, {a = 2}][*].a", .list([.number(1), .number(2)])),
        ("[{a = 1}].*.a", .list([.number(1)])), ("null[*]", .list([])),
        ("[for v in [1, 2, 3] : v * 2 if v > 1]", .list([.number(4), .number(6)])),
        ("{for k, v in {a = 1} : k => v + 1}", .object([.init("a", .number(2))])),
        ("toset([1, 1, 2])", .list([.number(1), .number(2)])),
        ("merge({a = 1}, {a = 2})", .object([.init("a", .number(2))])),
        ("lookup({a = 1}, \"b\", 7)", .number(7)), ("try(1, 2)", .number(1)),
        ("coalesce(null, \"\", \"x\")", .string("x")), ("max(1, [2, 5]...)", .number(5)),
        ("format(\"%s-%d\", \"a\", 3)", .string("a-3")), ("join(\",\", [\"a\", \"b\"])", .string("a,b")),
        ("length([1, 2])", .number(2)), ("contains([1], 1)", .bool(true)),
        ("flatten([[1], [2, [3]]])", .list([.number(1), .number(2), .number(3)])),
        ("tonumber(\"5\")", .number(5)), ("<<EOT\na\nb\nEOT", .string("a\nb\n")),
        ("<<-EOT\n    a\n      b\n  EOT", .string("a\n  b\n")),
    ]

    @Test("Literals, operators and functions come to their values", arguments: cases)
    func evaluates(text: String, expected: HCLValue) throws {
        #expect(try value(text) == expected)
    }

    @Test(
        "What is not in the file is unknown, and never a fault",
        arguments: [
            "var.x", "local.y.z", "file(\"a\")", "\"a${var.x}\"", "var.x ? 1 : 2", "[1][5]", "1 + \"a\"",
            "\"%{ if true }a%{ endif }\"", "yamldecode(\"a: 1\")",
        ]
    )
    func unknown(text: String) throws {
        #expect(try value(text).isUnknown)
    }

    @Test func `a condition that is not known decides nothing where both sides are the same`() throws {
        #expect(try value("var.x ? 5 : 5") == .number(5))
        #expect(try value("var.x || true") == .bool(true))
        #expect(try value("[var.x] == null") == .bool(false))
    }

    @Test func `a line that is no HCL leaves the lines around it`() {
        let file = file("a = 1\nb = = 2\nc {\n  d = [\n  e = 3\n}\nf = 4\n")
        #expect(!file.problems.isEmpty)
        #expect(file.body.attribute("a") != nil)
        #expect(file.body.attribute("f") != nil || file.body.blocks("c").first?.body.attribute("f") != nil)
    }

    @Test func `types say what is left out`() throws {
        let file = file(
            """
            type = object({
              timeout = optional(number, 240)
              path    = optional(string)
              list    = list(object({ port = optional(number, 80) }))
            })
            given = { list = [{}], other = 1 }
            """
        )
        let type = HCLType(try #require(file.body.attribute("type")).value)
        let given = HCLEvaluator().value(of: try #require(file.body.attribute("given")).value) { _ in nil }
        #expect(
            type.completed(given)
                == .object([
                    .init("timeout", .number(240)), .init("path", .null),
                    .init("list", .list([.object([.init("port", .number(80))])])),
                ])
        )
    }
}
