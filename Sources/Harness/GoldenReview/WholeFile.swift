#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Files that are read and written whole: a reader never sees half of one, nor does a crash leave half of one.
enum WholeFile {
    /// Returns the content of a file, `nil` where there is none.
    ///
    /// - Throws: `GoldenFileError` where it cannot be read.
    static func content(of path: String) throws(GoldenFileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw GoldenFileError(.unreadable, "\(path): cannot be opened: \(reason())")
        }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                content += buffer[..<count]
            } else if count == 0 {
                return content
            } else if errno != EINTR {
                throw GoldenFileError(.unreadable, "\(path): cannot be read: \(reason())")
            }
        }
    }

    /// Writes a file by way of a new one beside it, which takes its name and its permissions in the end.
    ///
    /// Behind a symbolic link the file that it leads to is replaced.
    ///
    /// - Throws: `GoldenFileError` where it cannot be written; the file is then as it was.
    static func write(_ text: String, to path: String) throws(GoldenFileError) {
        let path = target(of: path)
        let temporary = "\(path).part-\(getpid())"
        var status = stat()
        let mode = stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o644
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw GoldenFileError(.unwritable, "\(path): cannot be written: \(reason())")
        }
        var written = put(Array(text.utf8), into: descriptor) && fsync(descriptor) == 0
        written = close(descriptor) == 0 && written
        guard written, rename(temporary, path) == 0 else {
            let reason = reason()
            unlink(temporary)
            throw GoldenFileError(.unwritable, "\(path): cannot be written: \(reason)")
        }
    }

    /// Removes a file where there is one.
    ///
    /// - Throws: `GoldenFileError` where it cannot be removed.
    static func remove(_ path: String) throws(GoldenFileError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw GoldenFileError(.unwritable, "\(path): cannot be removed: \(reason())")
        }
    }

    private static func put(_ bytes: [UInt8], into descriptor: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    private static func target(of path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
