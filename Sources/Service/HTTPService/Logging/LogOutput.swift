package import SafeText
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where log lines go: whole lines, one after the other, without secrets.
package final class LogOutput: Sendable {
    private let redaction: Redaction
    private let write: Mutex<@Sendable (String) -> Void>

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - redaction: Takes secrets out.
    ///   - write: Takes a line with its end; standard error where nothing is said.
    package init(redaction: Redaction = Redaction(), write: (@Sendable (String) -> Void)? = nil) {
        self.redaction = redaction
        self.write = Mutex(write ?? { writeToStandardError($0) })
    }

    /// Writes a line of text.
    func write(line: String) {
        write.withLock { $0(redaction.removed(from: line) + "\n") }
    }

    /// Writes a line of JSON.
    func write(json: String) {
        write.withLock { $0(redaction.removed(fromJSON: json) + "\n") }
    }
}

private func writeToStandardError(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { systemWrite($0.baseAddress, $0.count) }
        // A closed standard error cannot be reported anywhere.
        guard written > 0 else { return }
        bytes = bytes.dropFirst(written)
    }
}

private func systemWrite(_ base: UnsafeRawPointer?, _ count: Int) -> Int {
    write(STDERR_FILENO, base, count)
}
