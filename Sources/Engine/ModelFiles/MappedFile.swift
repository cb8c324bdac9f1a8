import Formats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A whole file mapped into memory for reading.
///
/// Opening is independent of the file's size: pages are read when they are touched. The mapping lives as long as the
/// object. A file that somebody shortens while it is mapped makes the process fault when it touches the lost pages;
/// model files must therefore be replaced by renaming, never rewritten in place.
package final class MappedFile: Sendable {
    /// How the file is going to be read.
    package enum Access: Sendable {
        /// Parts of it, soon: the kernel is asked to read ahead in the background.
        case soon
        /// From beginning to end, once.
        case sequential
    }

    /// The path the file was opened by.
    package let path: String
    /// The size in bytes.
    package let count: Int

    // Safe to share: the memory is mapped read-only and private, so nobody in the process can write it; the pointer is
    // set once before the object is shared, and the mapping ends in `deinit`, when no reference is left. `bytes` is
    // handed out only as a borrow of the object: whoever keeps a pointer keeps the object (see `FloatStorage`).
    nonisolated(unsafe) private let base: UnsafeRawPointer?

    /// Opens and maps a regular file.
    ///
    /// What no model's file begins like, such as a Git LFS pointer, is refused here, once for all formats.
    ///
    /// - Throws: ``ModelFileError`` where the path is not a regular file, cannot be opened or mapped, or holds something
    ///   else altogether. An empty file is no error: it has no bytes.
    package init(path: String, access: Access = .soon) throws(ModelFileError) {
        func failure(_ found: String, fix: String) -> ModelFileError {
            ModelFileError(.unreadable, path: path, place: "opening", found: found, expected: "a file", fix: fix)
        }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw failure("an empty path or a NUL in it", fix: "give the path of the file")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw failure(String(cString: strerror(errno)), fix: "check that the path exists and may be read")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw failure(String(cString: strerror(errno)), fix: "check the file system")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "something that is not a regular file"
            throw failure(kind, fix: "name the file itself")
        }
        guard let size = Int(exactly: status.st_size), size >= 0 else {
            throw failure("a size of \(status.st_size) bytes", fix: "check the file system")
        }
        self.path = path
        self.count = size
        guard size > 0 else {
            self.base = nil
            return
        }
        guard let mapping = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), mapping != MAP_FAILED else {
            throw failure(
                "no room to map \(size) bytes: " + String(cString: strerror(errno)),
                fix: "raise the limit of address space"
            )
        }
        self.base = UnsafeRawPointer(mapping)
        // Advice only: a refusal changes nothing but speed.
        _ = madvise(mapping, size, access == .soon ? MADV_WILLNEED : MADV_SEQUENTIAL)
        if let content = ForeignContent(bytes), content.isNeverOfAModel {
            throw ModelFileError(
                .malformed,
                path: path,
                place: "file of \(size) bytes",
                found: content.found,
                expected: "the file itself",
                fix: content.fix
            )
        }
    }

    deinit {
        if let base {
            munmap(UnsafeMutableRawPointer(mutating: base), count)
        }
    }

    /// The bytes of the file, valid while the object lives.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count)
    }

    /// Calls a function with the bytes and keeps the mapping alive meanwhile.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(bytes)
    }
}
