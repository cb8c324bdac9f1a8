import PostgresClient

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Copies and removes folders that hold a database cluster.
enum FileTree {
    /// How much a folder holds.
    struct Tally: Hashable, Sendable {
        /// The number of files.
        var files = 0
        /// Their lengths together.
        var bytes = 0
    }

    /// Creates a folder.
    static func makeFolder(_ path: String, mode: mode_t, owner: ServerAccount? = nil) throws(PostgresError) {
        guard mkdir(path, mode) == 0 else { throw failure("create the folder", path) }
        // The mode given to mkdir loses the bits of the umask.
        guard chmod(path, mode) == 0 else { throw failure("set the mode of", path) }
        if let owner, chown(path, owner.userID, owner.groupID) != 0 { throw failure("change the owner of", path) }
    }

    /// Copies a folder of plain files and folders, with their modes.
    ///
    /// - Parameters:
    ///   - source: The folder.
    ///   - destination: Its copy, which must not exist.
    ///   - owner: The owner of all copies; this process's user where it is `nil`.
    /// - Returns: What was copied.
    /// - Throws: ``PostgresError`` (`file`), also for anything that is neither a file nor a folder.
    /// - Complexity: O(*n*) in the size of the files.
    static func copy(
        _ source: String,
        to destination: String,
        owner: ServerAccount?
    ) throws(PostgresError) -> Tally {
        var status = stat()
        guard lstat(source, &status) == 0 else { throw failure("read", source) }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            return try copyFile(source, to: destination, status: status, owner: owner)
        case S_IFDIR:
            try makeFolder(destination, mode: status.st_mode & 0o777, owner: owner)
            var tally = Tally()
            for name in try names(in: source) {
                let inner = try copy("\(source)/\(name)", to: "\(destination)/\(name)", owner: owner)
                tally.files += inner.files
                tally.bytes += inner.bytes
            }
            return tally
        default:
            throw PostgresError(.file, "cannot copy \(source): it is neither a file nor a folder; remove it")
        }
    }

    /// Returns the names in a folder, without `.` and `..`.
    static func names(in folder: String) throws(PostgresError) -> [String] {
        guard let stream = opendir(folder) else { throw failure("list", folder) }
        defer { closedir(stream) }
        return names(of: stream)
    }

    /// Removes a file or a folder with all it holds; links are removed, never followed.
    ///
    /// - Throws: ``PostgresError`` (`file`) that names what could not be removed; not where there is nothing.
    /// - Complexity: O(*n*) in the number of files.
    static func remove(_ path: String) throws(PostgresError) {
        // Relative to open folders: whoever may write to one of them could put a link in a folder's place meanwhile.
        try remove(path, in: AT_FDCWD, shownAs: path)
    }

    private static func remove(_ name: String, in parent: Int32, shownAs path: String) throws(PostgresError) {
        let folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if folder < 0 {
            if unlinkat(parent, name, 0) != 0, errno != ENOENT { throw failure("remove", path) }
            return
        }
        guard let stream = fdopendir(folder) else {
            close(folder)
            throw failure("list", path)
        }
        defer { closedir(stream) }
        for inner in names(of: stream) {
            try remove(inner, in: folder, shownAs: "\(path)/\(inner)")
        }
        if unlinkat(parent, name, AT_REMOVEDIR) != 0, errno != ENOENT { throw failure("remove", path) }
    }

    #if canImport(Darwin)
    private typealias FolderStream = UnsafeMutablePointer<DIR>
    #else
    private typealias FolderStream = OpaquePointer
    #endif

    private static func names(of stream: FolderStream) -> [String] {
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func copyFile(
        _ source: String,
        to destination: String,
        status: stat,
        owner: ServerAccount?
    ) throws(PostgresError) -> Tally {
        let input = open(source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard input >= 0 else { throw failure("read", source) }
        defer { close(input) }
        let output = open(destination, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, status.st_mode & 0o777)
        guard output >= 0 else { throw failure("create", destination) }
        defer { close(output) }
        var copied = 0
        // An empty file needs no buffer.
        var buffer = [UInt8](repeating: 0, count: status.st_size > 0 ? min(Int(status.st_size) + 1, 1 << 18) : 0)
        while !buffer.isEmpty {
            let count = read(input, &buffer, buffer.count)
            guard count >= 0 else { throw failure("read", source) }
            if count == 0 { break }
            guard write(output, buffer, count) == count else { throw failure("write", destination) }
            copied += count
        }
        if let owner, fchown(output, owner.userID, owner.groupID) != 0 {
            throw failure("change the owner of", destination)
        }
        return Tally(files: 1, bytes: copied)
    }

    /// Describes the failure that `errno` tells of.
    static func failure(_ action: String, _ path: String) -> PostgresError {
        let code = errno
        let advice =
            switch code {
            case ENOSPC, EDQUOT: "; free some space, or set TMPDIR to a folder with more"
            case EROFS: "; set TMPDIR to a folder that can be written to"
            case EACCES, EPERM: "; check the rights on the folder, or set TMPDIR to another"
            case EMFILE, ENFILE: "; raise the limit on open files (ulimit -n)"
            // Giving a file to a user whom a container's user namespace does not have.
            case EINVAL: "; run as an ordinary user, or give a server with --db"
            default: ""
            }
        return PostgresError(.file, "cannot \(action) \(path): \(String(cString: strerror(code)))\(advice)")
    }
}
