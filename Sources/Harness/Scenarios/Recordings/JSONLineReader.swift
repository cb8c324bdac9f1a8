import Formats
package import SourcePlaces

/// Reads JSON Lines one by one: one JSON value a line, blank lines between them allowed.
///
/// Never more than a line and a piece of the file is in memory.
package struct JSONLineReader<Line: JSONLine>: ~Copyable {
    private var file: InputFile
    private let path: String
    private let sizeLimit: Int
    /// What has been read of the file and not been taken yet.
    private var bytes: ArraySlice<UInt8> = []
    private var size = 0
    /// The number of the line that is read next, from 1.
    private var number = 1
    private var isAtEnd = false

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - sizeLimit: The largest file, in bytes.
    /// - Throws: `ScenarioError` where it cannot be opened.
    package init(_ path: String, sizeLimit: Int = JSONLines.sizeLimit) throws(ScenarioError) {
        self.init(reading: try InputFile(path), path, sizeLimit: sizeLimit)
    }

    /// Reads a file that is open.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - path: Its path, which errors name.
    ///   - sizeLimit: The largest file, in bytes.
    package init(reading file: consuming InputFile, _ path: String, sizeLimit: Int = JSONLines.sizeLimit) {
        self.file = file
        self.path = path
        self.sizeLimit = sizeLimit
    }

    /// The next value and where its line begins; `nil` at the end of the file.
    ///
    /// - Parameter isPassedOver: Whether a line is passed over, by its bytes; it is not looked at any more then.
    /// - Returns: The value.
    /// - Throws: `ScenarioError` with file and line.
    package mutating func next(
        unless isPassedOver: ([UInt8]) -> Bool = { _ in false }
    ) throws(ScenarioError) -> (line: Line, location: SourceLocation)? {
        while let line = try nextLine() {
            let location = SourceLocation(file: path, line: number, column: 1)
            number += 1
            if isPassedOver(line) { continue }
            if let value = try decode(line, location) { return (value, location) }
        }
        return nil
    }

    /// Whether a whole line has been read of the file and not been taken yet, so that the next one need not be waited for.
    var hasLine: Bool { bytes.contains(UInt8(ascii: "\n")) }

    /// The next line without its end; `nil` at the end of the file.
    private mutating func nextLine() throws(ScenarioError) -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                try append(bytes[..<end], to: &line)
                bytes = bytes[(end + 1)...]
                return line
            }
            try append(bytes, to: &line)
            bytes = []
            if isAtEnd { return line.isEmpty ? nil : line }
            let read = try file.read(1 << 16)
            isAtEnd = read.isEmpty
            size += read.count
            guard size <= sizeLimit else {
                throw ScenarioError(.unreadable, path: path, "the file is larger than \(sizeLimit >> 20) MiB")
            }
            bytes = read[...]
        }
    }

    private func append(_ part: ArraySlice<UInt8>, to line: inout [UInt8]) throws(ScenarioError) {
        guard line.count + part.count <= JSONLines.lineLimit else {
            let location = SourceLocation(file: path, line: number, column: 1)
            throw ScenarioError(.recording, at: location, "the line is longer than 1 MiB; one JSON object a line")
        }
        line += part
    }

    /// The value of a line, `nil` where it is blank.
    private func decode(_ bytes: [UInt8], _ location: SourceLocation) throws(ScenarioError) -> Line? {
        let blanks: [UInt8] = [0x20, 0x09, 0x0D]
        guard bytes.contains(where: { !blanks.contains($0) && !byteOrderMark.contains($0) }) else { return nil }
        do throws(JSONFault) {
            return try bytes.withUnsafeBufferPointer { text throws(JSONFault) in
                try Line.line(of: UnsafeRawBufferPointer(text))
            }
        } catch {
            let place = SourceLocation(file: location.file, line: location.line, column: error.place.column)
            throw ScenarioError(.recording, at: place, error.message)
        }
    }
}
