import Formats

/// A schema of JSON Schema 2020-12 (https://json-schema.org/draft/2020-12), of which documents are held against it in tests.
///
/// It knows the keywords that Coldstart's schemas use; any other is a fault of the schema, so that none is passed over.
package struct JSONSchema {
    /// Why a schema cannot be used.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static let notes: Set = ["$schema", "$defs", "title", "description"]
    private let root: JSONValue

    /// Reads a schema.
    ///
    /// - Throws: `JSONFault` where it is not JSON.
    package init(_ text: String) throws {
        root = try Self.value(text)
    }

    /// Returns what is wrong with a document, each with its place; empty where it is as the schema says.
    ///
    /// - Throws: `JSONFault` where it is not JSON, ``Failure`` where the schema has a keyword that is not known here.
    /// - Complexity: O(*n*) in the values of the document, times the alternatives of the schema.
    package func faults(of document: String) throws -> [String] { try faults(of: Self.value(document), root, "") }

    private static func value(_ text: String) throws -> JSONValue {
        try Array(text.utf8)
            .withUnsafeBufferPointer { bytes in
                try JSONReader.scan(UnsafeRawBufferPointer(bytes)) { scanner throws(JSONFault) in try scanner.value() }
            }
    }

    private func faults(of value: JSONValue, _ schema: JSONValue, _ place: String) throws -> [String] {
        guard case .object(let keywords) = schema.kind else { throw Failure(description: "\(place): no schema") }
        var found: [String] = []
        for keyword in keywords where !Self.notes.contains(keyword.key) {
            let rule = keyword.value
            switch keyword.key {
            case "$ref": found += try faults(of: value, definition(rule), place)
            case "anyOf":
                let each = try rule.elements.map { try faults(of: value, $0, place) }
                if !each.contains([]) { found += each.min { $0.count < $1.count } ?? [] }
            case "type":
                let names = rule.elements.isEmpty ? [rule.text] : rule.elements.map(\.text)
                if !names.contains(where: value.isOf) { found.append("\(place): \(value.described) is no \(names)") }
            case "const": if !value.equals(rule) { found.append("\(place): \(value.described), not \(rule.described)") }
            case "enum":
                if !rule.elements.contains(where: value.equals) {
                    found.append("\(place): \(value.described) is none of them")
                }
            case "minimum":
                if let number = value.number, number < rule.number ?? 0 { found.append("\(place): \(number)") }
            case "maximum":
                if let number = value.number, number > rule.number ?? 0 { found.append("\(place): \(number)") }
            case "exclusiveMinimum":
                if let number = value.number, number <= rule.number ?? 0 { found.append("\(place): \(number)") }
            case "pattern":
                let pattern = try Regex(rule.text)
                if !value.text.contains(pattern) { found.append("\(place): \(value.described) is not as \(rule.text)") }
            case "items":
                for (index, element) in value.elements.enumerated() {
                    found += try faults(of: element, rule, "\(place)[\(index)]")
                }
            case "required":
                guard case .object = value.kind else { continue }
                for key in rule.elements where value.member(key.text) == nil {
                    found.append("\(place).\(key.text) is missing")
                }
            case "properties":
                for member in rule.members {
                    guard let own = value.member(member.key) else { continue }
                    found += try faults(of: own, member.value, "\(place).\(member.key)")
                }
            case "additionalProperties":
                let known = Set((schema.member("properties")?.members ?? []).map(\.key))
                for member in value.members where !known.contains(member.key) {
                    guard case .object = rule.kind else {
                        found.append("\(place).\(member.key) is not in the schema")
                        continue
                    }
                    found += try faults(of: member.value, rule, "\(place).\(member.key)")
                }
            default: throw Failure(description: "\(place): the keyword \(keyword.key) is not known")
            }
        }
        return found
    }

    private func definition(_ reference: JSONValue) throws -> JSONValue {
        let name = reference.text.split(separator: "/").last.map(String.init) ?? ""
        guard reference.text == "#/$defs/\(name)", let found = root.member("$defs")?.member(name) else {
            throw Failure(description: "\(reference.text) leads nowhere")
        }
        return found
    }
}

extension JSONValue {
    fileprivate var members: [Member] { if case .object(let members) = kind { members } else { [] } }

    fileprivate var elements: [JSONValue] { if case .list(let elements) = kind { elements } else { [] } }

    fileprivate var text: String { if case .text(let text) = kind { text } else { "" } }

    fileprivate var number: Double? { if case .number(let number) = kind { number.double } else { nil } }

    fileprivate func member(_ key: String) -> JSONValue? { members.first { $0.key == key }?.value }

    /// Whether it is of a type of JSON Schema; an integer is a number without a fraction.
    fileprivate func isOf(_ type: String) -> Bool {
        switch (type, kind) {
        case ("null", .null), ("boolean", .flag), ("string", .text), ("array", .list), ("object", .object),
            ("number", .number):
            true
        case ("integer", .number(let number)): number.double.map { $0 == $0.rounded() } ?? false
        default: false
        }
    }

    /// Whether it is the same text, number, flag or null, wherever it stands.
    fileprivate func equals(_ other: JSONValue) -> Bool {
        switch (kind, other.kind) {
        case (.number(let own), .number(let its)): own.double == its.double
        default: kind == other.kind
        }
    }
}
