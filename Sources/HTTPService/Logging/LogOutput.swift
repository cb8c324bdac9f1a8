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
    private let secrets: [String]
    private let write: Mutex<@Sendable (String) -> Void>

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - secrets: What is replaced by `***` wherever it appears.
    ///   - write: Takes a line with its end; standard error where nothing is said.
    package init(secrets: [WebhookSecret] = [], write: (@Sendable (String) -> Void)? = nil) {
        // A secret with quotes looks different inside a quoted text.
        self.secrets = secrets.flatMap { secret in
            [secret.text, String(JSONText.string(secret.text).text.dropFirst().dropLast())]
        }
        self.write = Mutex(write ?? { writeToStandardError($0) })
    }

    /// Writes a line.
    func write(line: String) {
        var line = line
        for secret in secrets where line.contains(secret) {
            line = line.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "***")
        }
        write.withLock { $0(line + "\n") }
    }
}

private func writeToStandardError(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let written = bytes.withUnsafeBytes { systemWrite($0.baseAddress, $0.count) }
        // There is nobody left to tell where standard error is closed.
        guard written > 0 else { return }
        bytes = bytes.dropFirst(written)
    }
}

private func systemWrite(_ base: UnsafeRawPointer?, _ count: Int) -> Int {
    write(STDERR_FILENO, base, count)
}
