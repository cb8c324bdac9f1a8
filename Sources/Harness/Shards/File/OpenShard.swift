#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that is read at any place.
final class OpenShard {
    private let descriptor: CInt
    private let path: String
    /// Its size in bytes.
    let size: Int

    /// Opens a file.
    ///
    /// - Throws: `ShardError` where it cannot be opened, or is no regular file.
    init(_ path: String) throws(ShardError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            let hint = errno == EMFILE ? "; raise the limit of open files (ulimit -n)" : ""
            throw ShardError(.unreadable, "\(path): cannot be opened: \(reason)\(hint)")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ShardError(.unreadable, "\(path): is no file; a shard's result is read more than once")
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Reads bytes at a place into a buffer.
    ///
    /// - Returns: How many; 0 at the end of the file.
    /// - Throws: `ShardError` where the file cannot be read.
    func read(at place: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ShardError) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(place))
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw ShardError(.unreadable, "\(path): cannot be read: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// Reads the line that begins at a place, without its line feed.
    ///
    /// - Throws: `ShardError` where it is longer than a limit or does not end.
    func line(at place: Int, limit: Int) throws(ShardError) -> [UInt8] {
        var line: [UInt8] = []
        while line.count < limit {
            let piece = try bytes(at: place + line.count, 1 << 16)
            if let end = piece.firstIndex(of: ShardLines.lineFeed) { return line + piece[..<end] }
            guard !piece.isEmpty else { break }
            line += piece
        }
        throw ShardError(.notAShard, "\(path): is not the result of a shard, or was cut short")
    }

    /// Reads the last lines, without their line feeds, and where the first of them begins.
    ///
    /// - Throws: `ShardError` where they are longer than a limit, or the last has no line feed.
    func lastLines(_ count: Int, limit: Int) throws(ShardError) -> (place: Int, lines: [[UInt8]]) {
        var length = 1 << 12
        while true {
            let from = max(0, size - length)
            let tail = try bytes(at: from, size - from)
            guard tail.last == ShardLines.lineFeed else {
                throw ShardError(.notAShard, "\(path): was cut short: the last line has no end; run the shard again")
            }
            let lines = tail.dropLast().split(separator: ShardLines.lineFeed, omittingEmptySubsequences: false)
            if lines.count > count {
                let last = lines.suffix(count)
                return (from + (last.first?.startIndex ?? 0), last.map(Array.init))
            }
            guard from > 0, length < limit else {
                throw ShardError(.notAShard, "\(path): is not the result of a shard, or was cut short")
            }
            length *= 8
        }
    }

    private func bytes(at place: Int, _ count: Int) throws(ShardError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - place)))
        var filled = 0
        while filled < bytes.count {
            var failure: ShardError?
            let read = bytes.withUnsafeMutableBytes { buffer in
                do throws(ShardError) {
                    return try self.read(
                        at: place + filled,
                        into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                    )
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            guard read > 0 else { break }
            filled += read
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }
}
