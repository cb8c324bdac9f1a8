import Reports

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Files that appear together or not at all, as far as a file system lets them.
///
/// Each is written beside its place, under its name with `.part` added, and all move to their places in the end. Files
/// that were there before stay whole until then.
struct FileSet: ~Copyable {
    private var paths: [String] = []

    /// Creates a file.
    ///
    /// - Returns: The file, open for writing.
    /// - Throws: `ReportError` where it cannot be created.
    mutating func create(_ path: String) throws(ReportError) -> OutputDescriptor {
        let file = try OutputDescriptor(creating: Self.unfinished(path))
        paths.append(path)
        return file
    }

    /// Where a file is until it moves to its place.
    static func unfinished(_ path: String) -> String { path + ".part" }

    /// Moves all files to their places, the last that was created at the end.
    ///
    /// - Throws: `ReportError` where a file cannot be moved.
    mutating func complete() throws(ReportError) {
        for path in paths {
            guard rename(Self.unfinished(path), path) == 0 else {
                throw ReportError(.cannotWrite, "\(path): cannot be replaced: \(String(cString: strerror(errno)))")
            }
        }
        paths = []
    }

    deinit {
        for path in paths { unlink(Self.unfinished(path)) }
    }
}
