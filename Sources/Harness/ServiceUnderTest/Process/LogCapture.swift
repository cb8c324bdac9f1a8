import Domain
import Observations
import SafeText

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The log of a service: the last lines in memory, all of them in a file where one is named.
struct LogCapture {
    /// The most lines that are kept.
    static let lineLimit = 4000
    /// The most bytes of a line that are kept; the rest of a longer one is dropped.
    static let lengthLimit = 8192
    /// The longest secret that is found where a line is cut.
    private static let longestSecret = 1024

    /// The kept lines, oldest first.
    private(set) var lines: [LoggedLine] = []
    /// How many lines there were.
    private(set) var count = 0
    private var partial: [LoggedLine.Source: [UInt8]] = [:]
    private let redaction: Redaction
    private var file: Int32
    private let path: String?
    /// Why the file does not hold every line, `nil` where it does.
    private(set) var failure: ServiceUnderTestError?

    /// Creates a log.
    ///
    /// - Parameters:
    ///   - redaction: Takes out what no line may show.
    ///   - path: The file that gets every line, `nil` for none.
    init(redaction: Redaction, path: String?) {
        self.redaction = redaction
        self.path = path
        file = path.map { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) } ?? -1
        if file < 0 { fail(errno) }
    }

    /// Reads whatever a pipe holds and returns the lines that became whole.
    ///
    /// - Parameters:
    ///   - descriptor: The pipe, which must not block.
    ///   - source: Whose pipe it is.
    ///   - moment: When it is read.
    /// - Returns: The new lines, and whether the pipe has come to its end.
    mutating func read(
        _ descriptor: Int32,
        from source: LoggedLine.Source,
        at moment: Duration
    ) -> (lines: [LoggedLine], isAtEnd: Bool) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var found: [LoggedLine] = []
        // A program that never stops writing must not keep the harness from everything else.
        for _ in 0..<16 {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                found += take(buffer[..<count], from: source, at: moment)
            } else if count == 0 {
                found += flush(source, at: moment)
                return (found, true)
            } else if errno != EINTR {
                return (found, false)
            }
        }
        return (found, false)
    }

    /// Adds a line of the harness's own.
    mutating func note(_ text: String, at moment: Duration) {
        append(LoggedLine(moment: moment, source: .harness, text: redaction.removed(from: text)))
    }

    /// Closes the file.
    mutating func close() {
        guard file >= 0 else { return }
        let closed = systemClose(file)
        if closed != 0, errno != EINTR { fail(errno) }
        file = -1
    }

    private mutating func fail(_ number: Int32) {
        guard let path, failure == nil else { return }
        failure = ServiceUnderTestError(.log, "\(path): cannot be written: \(String(cString: strerror(number)))")
    }

    private mutating func take(
        _ bytes: ArraySlice<UInt8>,
        from source: LoggedLine.Source,
        at moment: Duration
    ) -> [LoggedLine] {
        var found: [LoggedLine] = []
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            keep(rest[..<end], of: source)
            found += flush(source, at: moment)
            rest = rest[(end + 1)...]
        }
        keep(rest, of: source)
        return found
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>, of source: LoggedLine.Source) {
        let room = Self.lengthLimit + Self.longestSecret - partial[source, default: []].count
        partial[source, default: []] += bytes.prefix(max(room, 0))
    }

    private mutating func flush(_ source: LoggedLine.Source, at moment: Duration) -> [LoggedLine] {
        guard var bytes = partial.removeValue(forKey: source), !bytes.isEmpty else { return [] }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        // Before the line is cut, so that no part of a secret stays at its end.
        let clean = redaction.removed(from: String(decoding: bytes, as: UTF8.self))
        let kept = String(decoding: clean.utf8.prefix(Self.lengthLimit), as: UTF8.self)
        let line = LoggedLine(moment: moment, source: source, text: String(kept.map { $0.isControl ? "?" : $0 }))
        append(line)
        return [line]
    }

    private mutating func append(_ line: LoggedLine) {
        count += 1
        lines.append(line)
        if lines.count > 2 * Self.lineLimit { lines.removeFirst(lines.count - Self.lineLimit) }
        guard file >= 0, failure == nil else { return }
        let text = "\(line.moment.fixedSecondsText) \(line.source.rawValue) \(line.text)\n"
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            guard written > 0 else { return fail(errno) }
            bytes = bytes.dropFirst(written)
        }
    }
}

extension Character {
    /// Whether it would move a terminal's cursor or worse; a tab does not count.
    fileprivate var isControl: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\t" }
    }
}

private func systemRead(_ file: Int32, _ base: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, base, count)
}

private func systemWrite(_ file: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int { write(file, base, count) }

private func systemClose(_ file: Int32) -> Int32 { close(file) }
