#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open regular file that is read from its beginning to its end.
struct InputFile: ~Copyable {
    private let descriptor: CInt
    private let path: String

    /// Opens a file.
    ///
    /// - Throws: `ScenarioError` for a missing or unreadable file, and for anything that is no regular file.
    init(_ path: String) throws(ScenarioError) {
        // Not to wait for a writer where the path names a pipe.
        let descriptor = path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ScenarioError(.unreadable, path: path, "cannot be opened: \(Self.lastError)")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ScenarioError(.unreadable, path: path, "is no regular file")
        }
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// Returns at most `count` further bytes; none at the end of the file.
    mutating func read(_ count: Int) throws(ScenarioError) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var result = 0
            repeat {
                result = systemRead(descriptor, buffer.baseAddress, count)
            } while result < 0 && errno == EINTR
            failed = result < 0
            initialized = max(0, result)
        }
        guard !failed else { throw ScenarioError(.unreadable, path: path, "cannot be read: \(Self.lastError)") }
        return bytes
    }

    /// Returns the content of a file that may hold at most `limit` bytes, or one byte more where it holds more.
    static func content(of path: String, limit: Int) throws(ScenarioError) -> [UInt8] {
        var file = try InputFile(path)
        var content: [UInt8] = []
        while content.count <= limit {
            let bytes = try file.read(min(1 << 16, limit + 1 - content.count))
            if bytes.isEmpty { break }
            content += bytes
        }
        return content
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}

private func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
