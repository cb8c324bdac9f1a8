#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An open file descriptor that text is written through to, without a buffer of its own.
package final class OutputDescriptor {
    private var descriptor: CInt
    private let name: String
    private var isOwned: Bool

    private init(descriptor: CInt, name: String, isOwned: Bool) {
        self.descriptor = descriptor
        self.name = name
        self.isOwned = isOwned
    }

    /// Creates a file; one that is there under this name, and be it a symbolic link, is left alone.
    ///
    /// - Throws: `ReportError` where the file cannot be created, `foreignFile` where there is one already.
    package convenience init(creating path: String) throws(ReportError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let code: ReportError.Code = errno == EEXIST ? .foreignFile : .cannotWrite
            throw ReportError(code, "\(path): cannot be created: \(String(cString: strerror(errno)))")
        }
        self.init(descriptor: descriptor, name: path, isOwned: true)
    }

    /// Writes to a descriptor that somebody else closes.
    convenience init(borrowing descriptor: CInt, name: String) {
        self.init(descriptor: descriptor, name: name, isOwned: false)
    }

    /// The standard output of the process.
    package static func standardOutput() -> OutputDescriptor {
        OutputDescriptor(descriptor: 1, name: "standard output", isOwned: false)
    }

    /// The standard error of the process.
    package static func standardError() -> OutputDescriptor {
        OutputDescriptor(descriptor: 2, name: "standard error", isOwned: false)
    }

    deinit {
        if isOwned { _ = Self.close(descriptor) }
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
    /// - Throws: `ReportError` where the text cannot be written, for instance because the disk is full; `readerGone` where
    ///   the reader of a pipe has ended.
    package func write(_ text: String) throws(ReportError) { try write(Array(text.utf8)) }

    /// Writes bytes whole.
    ///
    /// - Throws: As ``write(_:)-(String)``.
    package func write(_ bytes: [UInt8]) throws(ReportError) {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Self.write(descriptor, $0) }
            if written > 0 {
                bytes = bytes.dropFirst(written)
            } else if written < 0, errno == EAGAIN || errno == EWOULDBLOCK {
                // Another program of the terminal or pipe has made it non-blocking.
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&wait, 1, -1)
            } else if written == 0 || errno != EINTR {
                throw failure(written == 0 ? ENOSPC : errno)
            }
        }
    }

    /// Closes a file that was created here.
    ///
    /// - Throws: `ReportError` where what was written is lost after all, as a network's file system may say only now.
    package func finish() throws(ReportError) {
        guard isOwned else { return }
        isOwned = false
        let closed = Self.close(descriptor)
        // Its number may soon be another file's.
        descriptor = -1
        // A close that was interrupted has closed nevertheless.
        guard closed == 0 || errno == EINTR else { throw failure(errno) }
    }

    private func failure(_ number: CInt) -> ReportError {
        let reason = "\(name): cannot be written: \(String(cString: strerror(number)))"
        return ReportError(number == EPIPE ? .readerGone : .cannotWrite, reason)
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

    private static func close(_ descriptor: CInt) -> CInt {
        #if canImport(Darwin)
        Darwin.close(descriptor)
        #elseif canImport(Glibc)
        Glibc.close(descriptor)
        #elseif canImport(Musl)
        Musl.close(descriptor)
        #endif
    }
}
