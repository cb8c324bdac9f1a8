import SafeText

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the program speaks to the user beside its output.
enum StandardError {
    /// Writes lines, each with the program's name before it.
    static func say(_ message: String) {
        write("coldstart: \(message)\n")
    }

    /// Writes a text as it is, without the secrets that the process was given.
    static func write(_ text: String) {
        var bytes = Array(Redaction.ofProcess.removed(from: text).utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { systemWrite(STDERR_FILENO, $0.baseAddress, $0.count) }
            // There is nobody left to tell where standard error is closed.
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, base, count)
}
