#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An open file descriptor that text is written through to, without a buffer of its own.
package final class OutputDescriptor {
    private let descriptor: CInt
    private let name: String
    private let isOwned: Bool

    private init(descriptor: CInt, name: String, isOwned: Bool) {
        self.descriptor = descriptor
        self.name = name
        self.isOwned = isOwned
    }

    /// Creates a file, or empties the one that is there.
    ///
    /// - Throws: `ReportError` where the file cannot be opened.
    package convenience init(creating path: String) throws(ReportError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ReportError(.cannotWrite, "\(path): cannot be created: \(String(cString: strerror(errno)))")
        }
        self.init(descriptor: descriptor, name: path, isOwned: true)
    }

    /// The standard output of the process.
    package static func standardOutput() -> OutputDescriptor {
        OutputDescriptor(descriptor: 1, name: "standard output", isOwned: false)
    }

    deinit {
        if isOwned { close(descriptor) }
    }

    /// The columns of the terminal behind the descriptor, 80 where it does not say; `nil` where it is not a terminal.
    package var terminalColumns: Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes a text whole.
    ///
    /// - Throws: `ReportError` where the text cannot be written, for instance because the disk is full or the reader of
    ///   a pipe has gone.
    package func write(_ text: String) throws(ReportError) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Self.write(descriptor, $0) }
            if written > 0 {
                bytes = bytes.dropFirst(written)
            } else if errno != EINTR {
                throw ReportError(.cannotWrite, "\(name): cannot be written: \(String(cString: strerror(errno)))")
            }
        }
    }

    private static func write(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
        Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
        Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
