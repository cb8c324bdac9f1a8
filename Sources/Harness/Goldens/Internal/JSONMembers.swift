import Formats

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The members of a JSON object in their order, each with its value as text, so that those which nobody changes stay as
/// they were written.
struct JSONMembers {
    private var members: [(key: String, text: String)] = []

    /// Creates an object without members.
    init() {}

    /// Reads an object.
    ///
    /// - Throws: `JSONFault` where the text is no JSON object.
    init(parsing text: String) throws(JSONFault) {
        members = try Array(text.utf8)
            .withUnsafeBufferPointer { buffer throws(JSONFault) in
                let bytes = UnsafeRawBufferPointer(buffer)
                return try JSONReader.scan(bytes) { scanner throws(JSONFault) in
                    var found: [(key: String, text: String)] = []
                    try scanner.object { (key, _, scanner) throws(JSONFault) in
                        // Looking at the byte passes over the blanks before it.
                        _ = scanner.nextByte
                        let start = scanner.offset
                        try scanner.skipValue()
                        found.append((key, String(decoding: bytes[start..<scanner.offset], as: UTF8.self)))
                    }
                    return found
                }
            }
    }

    /// Sets a member, in its place where it is there and as the last one where it is not; `nil` changes nothing.
    mutating func set(_ key: String, _ value: (some Encodable)?) {
        guard let value else { return }
        set(key, text: Self.text(of: value))
    }

    /// Sets a member to a value that is JSON already.
    mutating func set(_ key: String, text: String) {
        if let place = members.firstIndex(where: { $0.key == key }) {
            members[place].text = text
        } else {
            members.append((key, text))
        }
    }

    /// The object on one line.
    var line: String {
        "{" + members.map { Self.text(of: $0.key) + ":" + $0.text }.joined(separator: ",") + "}"
    }

    private static func text(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            // Goldens hold only texts and finite numbers, lists and one another, all of which can be written.
            preconditionFailure("a golden cannot be written as JSON: \(error)")
        }
    }
}
