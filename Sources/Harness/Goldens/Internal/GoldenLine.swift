import Domain
import Formats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One line of a golden file with its place, for errors.
struct GoldenLine {
    let bytes: ArraySlice<UInt8>
    let file: String
    let number: Int
    let remedy: GoldenError.Remedy

    init(
        _ bytes: ArraySlice<UInt8>,
        file: String,
        number: Int,
        remedy: GoldenError.Remedy = .golden
    ) throws(GoldenError) {
        self.bytes = bytes
        self.file = file
        self.number = number
        self.remedy = remedy
        for marker in ["<<<<<<<", "=======", ">>>>>>>", "|||||||"] where bytes.starts(with: marker.utf8) {
            throw error(.conflictMarker, "found the merge-conflict marker \(marker), expected JSON")
        }
    }

    /// Returns the lines of a text, without the blank ones at its end.
    ///
    /// - Complexity: O(*n*) in the number of bytes.
    static func lines(of bytes: some Sequence<UInt8>) -> [ArraySlice<UInt8>] {
        let bytes = Array(bytes)
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        bytes.withUnsafeBytes { text in
            guard let base = text.baseAddress else { return }
            // memchr, because files of thousands of sessions are to open at once.
            while let end = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start) {
                let offset = UnsafeRawPointer(end) - base
                lines.append(bytes[start..<offset])
                start = offset + 1
            }
        }
        lines.append(bytes[start...])
        while let last = lines.last, last.allSatisfy({ [UInt8(ascii: " "), 0x0d, 0x09].contains($0) }) {
            lines.removeLast()
        }
        return lines
    }

    /// Reads the line as the header.
    func header() throws(GoldenError) -> GoldenHeader { try HeaderValidation(self).header() }

    /// Reads the line as a session of a golden with that header.
    func session(header: GoldenHeader) throws(GoldenError) -> GoldenSession {
        let record: SessionRecord = try decode("a session")
        return try SessionValidation(line: self, record: record, header: header).session()
    }

    /// Reads who accepted the session's rankings.
    func acceptances() throws(GoldenError) -> [GoldenAcceptance] {
        let record: SessionRecord = try decode("a session")
        return record.accepted ?? []
    }

    /// Refuses a member that files of version 1 always have and this one lacks.
    func required<Value>(_ value: Value?, _ name: String, version: Int) throws(GoldenError) -> Value? {
        if value == nil, version == 1 { throw error(.malformed, "\(name) is missing") }
        return value
    }

    func error(_ code: GoldenError.Code, _ message: String) -> GoldenError {
        GoldenError(code, file: file, line: number, message: message, remedy: remedy)
    }

    /// Reads the line as a record; errors call it by a name.
    func decode<Record: Decodable>(_ what: String) throws(GoldenError) -> Record {
        do throws(JSONFault) {
            return try JSONReader.decode(Record.self, from: bytes)
        } catch {
            let code: GoldenError.Code =
                switch error.code {
                case .notFinite: .notFinite
                case .duplicateKey: .duplicate
                case .syntax, .foreign, .encoding, .missingKey, .unfit: .malformed
                }
            throw self.error(code, "cannot read \(what): column \(error.place.column), \(error.message)")
        }
    }
}
