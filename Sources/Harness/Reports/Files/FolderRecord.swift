#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The file in a report folder that names the files which Coldstart wrote there, and that a run holds a lock on.
///
/// The first line says what the file is; each further one is the path of a file, relative to the folder. A path is
/// written down before its file is created. The lock is `flock`'s (flock(2)): it ends with the process, however that ends.
struct FolderRecord: Sendable {
    /// The file's name.
    static let name = ".coldstart-report"

    private static let heading = "The files that coldstart wrote into this folder, which its next run replaces."
    /// The largest record that is read, in bytes.
    private static let sizeLimit: off_t = 1 << 22

    /// The recorded paths, in the order in which they were written.
    private(set) var paths: [String] = []
    private let file: LockedFile
    private let path: String

    /// Opens the record of a folder, creating it where it is missing, and locks it.
    ///
    /// - Throws: `ReportError`; `inUse` where another process holds the lock.
    init(folder: String) throws(ReportError) {
        path = folder + "/" + Self.name
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
        guard descriptor >= 0 else { throw Self.error(folder, "\(Self.name) cannot be opened") }
        file = LockedFile(descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw Self.error(folder, "\(Self.name) cannot be locked") }
            let advice = "wait for it, or name another folder"
            throw ReportError(.inUse, "\(folder): another run writes its reports here; \(advice)")
        }
        var status = stat()
        let isRecord =
            fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size <= Self.sizeLimit
        var bytes = [UInt8](repeating: 0, count: isRecord ? Int(status.st_size) : 0)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        // A last line without its end belongs to a file that was not created any more.
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
        guard isRecord, count == bytes.count, lines.isEmpty || lines.first == Self.heading else {
            throw ReportError(.foreignFile, "\(path): is no record of a report folder; name another folder")
        }
        paths = lines.dropFirst().filter(Self.isInside)
    }

    /// Forgets all paths.
    ///
    /// - Throws: `ReportError` where the record cannot be written.
    mutating func clear() throws(ReportError) {
        paths = []
        guard ftruncate(file.descriptor, 0) == 0 else { throw failure() }
        try append(Self.heading)
    }

    /// Writes a path down.
    ///
    /// - Throws: `ReportError` where the record cannot be written.
    mutating func add(_ path: String) throws(ReportError) {
        guard !paths.contains(path) else { return }
        try append(path)
        paths.append(path)
    }

    private func append(_ line: String) throws(ReportError) {
        guard lseek(file.descriptor, 0, SEEK_END) >= 0 else { throw failure() }
        try OutputDescriptor(borrowing: file.descriptor, name: path).write(line + "\n")
    }

    private func failure() -> ReportError {
        ReportError(.cannotWrite, "\(path): cannot be written: \(String(cString: strerror(errno)))")
    }

    /// Whether a path leads to a file of the folder, or of a folder in it.
    private static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy { !["", ".", ".."].contains($0) }
    }

    private static func error(_ folder: String, _ what: String) -> ReportError {
        let reason = String(cString: strerror(errno))
        return ReportError(.cannotWrite, "\(folder): the report folder cannot be prepared: \(what): \(reason)")
    }
}

/// A descriptor that is closed, and its lock with it, when nobody uses it any more.
private final class LockedFile: Sendable {
    let descriptor: CInt

    init(_ descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
