#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open file, pipe or terminal that is read from its beginning to its end.
///
/// `-` is standard input. `/dev/stdin`, and what a shell puts in the place of `<(…)`, are the descriptors of the process
/// itself, also where the system would not let it open them a second time.
package struct InputFile: ~Copyable {
    /// The path that stands for standard input.
    package static let standardInput = "-"
    /// How long a named pipe may be without a program that writes to it.
    package static let writerWait: Duration = .seconds(10)

    private let descriptor: CInt
    private let path: String
    private let writerWait: Duration
    /// Whether this is a named pipe that no program is known to have opened for writing.
    private var lacksWriter: Bool
    /// What was looked at and is read next.
    private var ahead: ArraySlice<UInt8> = []

    /// Opens a file.
    ///
    /// - Throws: `ScenarioError` for a missing or unreadable file, for a folder and for a device that is no terminal.
    package init(_ path: String, writerWait: Duration = InputFile.writerWait) throws(ScenarioError) {
        let inherited = Self.inheritedDescriptor(path)
        let descriptor =
            if path.utf8.contains(0) {
                CInt(-1)
            } else if let inherited {
                fcntl(inherited, F_DUPFD_CLOEXEC, 3)
            } else {
                // Not to wait in here for a writer where the path names a pipe.
                open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            }
        guard descriptor >= 0 else {
            throw ScenarioError(.unreadable, path: path, "cannot be opened: \(Self.lastError)")
        }
        let kind = Self.kind(descriptor)
        guard [S_IFREG, S_IFIFO, S_IFSOCK].contains(kind) || isatty(descriptor) == 1 else {
            close(descriptor)
            throw ScenarioError(.unreadable, path: path, "is neither a file nor a pipe")
        }
        self.descriptor = descriptor
        self.path = path
        self.writerWait = writerWait
        self.lacksWriter = kind == S_IFIFO && inherited == nil
    }

    deinit {
        close(descriptor)
    }

    /// Returns at most `count` further bytes; none at the end of the file.
    ///
    /// - Throws: `ScenarioError` where it cannot be read, or no program writes to a named pipe.
    package mutating func read(_ count: Int) throws(ScenarioError) -> [UInt8] {
        if !ahead.isEmpty {
            let part = ahead.prefix(count)
            ahead = ahead.dropFirst(part.count)
            return Array(part)
        }
        let start = ContinuousClock.now
        while true {
            var failure: CInt = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                let result = systemRead(descriptor, buffer.baseAddress, count)
                failure = result < 0 ? errno : 0
                initialized = max(0, result)
            }
            switch failure {
            case 0 where bytes.isEmpty && lacksWriter:
                // Nobody has the pipe open for writing: not yet, or not any more, which alone counts as a hang-up. What
                // was written since the last look comes before the hang-up.
                let events = wait(milliseconds: 50)
                if events & CInt(POLLHUP) != 0, events & CInt(POLLIN) == 0 { return [] }
                guard ContinuousClock.now - start < writerWait else {
                    throw ScenarioError(
                        .unreadable,
                        path: path,
                        "is a pipe that no program has opened for writing within \(DurationText.text(of: writerWait))"
                    )
                }
            case 0:
                lacksWriter = false
                return bytes
            case EAGAIN, EWOULDBLOCK:
                lacksWriter = false
                _ = wait(milliseconds: -1)
            case EINTR:
                break
            default:
                throw ScenarioError(.unreadable, path: path, "cannot be read: \(String(cString: strerror(failure)))")
            }
        }
    }

    /// Returns the next bytes and leaves them to be read.
    ///
    /// - Parameters:
    ///   - limit: How many are enough in any case.
    ///   - isEnough: Whether so many are.
    /// - Returns: The bytes; fewer where the file ends.
    /// - Throws: As ``read(_:)``.
    package mutating func lookAhead(
        _ limit: Int,
        until isEnough: (ArraySlice<UInt8>) -> Bool
    ) throws(ScenarioError) -> ArraySlice<UInt8> {
        var seen: ArraySlice<UInt8> = []
        while seen.count < limit {
            let part = try read(1 << 16)
            seen += part
            if part.isEmpty || isEnough(seen) { break }
        }
        ahead = seen + ahead
        return seen
    }

    /// Returns the content of a file that may hold at most `limit` bytes, or one byte more where it holds more.
    ///
    /// - Throws: `ScenarioError` where it cannot be opened or read.
    package static func content(of path: String, limit: Int) throws(ScenarioError) -> [UInt8] {
        var file = try InputFile(path)
        var content: [UInt8] = []
        while content.count <= limit {
            let bytes = try file.read(min(1 << 16, limit + 1 - content.count))
            if bytes.isEmpty { break }
            content += bytes
        }
        return content
    }

    /// Whether a path names something that can be read only once, such as a pipe or a terminal.
    package static func isStream(_ path: String) -> Bool {
        var status = stat()
        if path == standardInput { return true }
        guard !path.utf8.contains(0), stat(path, &status) == 0 else { return false }
        return [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }

    /// The folder from which the relative paths in a file start, with its slash; empty for the current one, from which
    /// those in a stream start too.
    package static func folder(of path: String) -> String {
        guard !isStream(path), let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[...slash])
    }

    /// The descriptor of this process that a path names.
    private static func inheritedDescriptor(_ path: String) -> CInt? {
        if path == standardInput || path == "/dev/stdin" { return STDIN_FILENO }
        let folder = ["/dev/fd/", "/proc/self/fd/"].first(where: path.hasPrefix)
        return folder.flatMap { CInt(path.dropFirst($0.count)) }
    }

    private static func kind(_ descriptor: CInt) -> mode_t? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// Waits until there is something to read, and returns what poll(2) says of the descriptor.
    private func wait(milliseconds: CInt) -> CInt {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0 ? CInt(entry.revents) : 0
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}

private func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
