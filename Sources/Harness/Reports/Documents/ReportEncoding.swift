import SafeText

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Encodes documents as JSON text and reads them back.
package enum ReportEncoding {
    /// Returns a document as JSON over several lines, with sorted keys and a line feed at the end.
    ///
    /// - Complexity: O(*n*) in the size of the document.
    package static func pretty(_ document: some Encodable) -> String {
        encode(document, formatting: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    }

    /// Returns a document as one line of JSON with sorted keys and a line feed at the end.
    ///
    /// - Complexity: O(*n*) in the size of the document.
    package static func line(_ document: some Encodable) -> String {
        encode(document, formatting: [.sortedKeys, .withoutEscapingSlashes])
    }

    /// Returns a value as one line of JSON without taking secrets out: for files of data that are read again, in which
    /// a title may hold a text that is also a password.
    ///
    /// - Complexity: O(*n*) in the size of the value.
    package static func dataLine(_ value: some Encodable) -> String {
        encoded(value, formatting: [.sortedKeys, .withoutEscapingSlashes]) + "\n"
    }

    /// Reads a document.
    ///
    /// - Throws: `DecodingError` where the text is not JSON or not this document.
    package static func decode<Document: Decodable>(_ type: Document.Type, from text: some StringProtocol) throws
        -> Document
    {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        return try decoder.decode(type, from: Data(text.utf8))
    }

    private static func encode(_ document: some Encodable, formatting: JSONEncoder.OutputFormatting) -> String {
        Redaction.ofProcess.removed(fromJSON: encoded(document, formatting: formatting)) + "\n"
    }

    private static func encoded(_ document: some Encodable, formatting: JSONEncoder.OutputFormatting) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        do {
            return String(decoding: try encoder.encode(document), as: UTF8.self)
        } catch {
            // The documents hold only numbers, texts, lists and one another, all of which can be written.
            preconditionFailure("a report cannot be written as JSON: \(error)")
        }
    }
}
