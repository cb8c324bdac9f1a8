package import Reports

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Files that appear together or not at all, as far as a file system lets them.
///
/// Each is written beside its place, under a name that nothing else has, and all move to their places in the end. Files
/// that were there before stay whole until then, and altogether unless they may be replaced.
package struct FileSet: ~Copyable {
    private var files: [(path: String, temporary: String, output: OutputDescriptor)] = []
    private let replacing: Bool

    /// Creates a set without files.
    ///
    /// - Parameter replacing: Whether files that are there may be replaced.
    package init(replacing: Bool) {
        self.replacing = replacing
    }

    /// Creates a file.
    ///
    /// - Returns: The file, open for writing.
    /// - Throws: `ReportError` where it cannot be created; `foreignFile` where it is there already.
    package mutating func create(_ path: String) throws(ReportError) -> OutputDescriptor {
        try check(path)
        let temporary = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 36)).part"
        let output = try OutputDescriptor(creating: temporary)
        files.append((path, temporary, output))
        return output
    }

    /// Where a file is until it moves to its place.
    func unfinished(_ path: String) -> String { files.first { $0.path == path }?.temporary ?? path }

    /// Moves all files to their places, the first that was created at the end.
    ///
    /// - Throws: `ReportError` where a file cannot be moved, or has appeared in the meantime.
    package mutating func complete() throws(ReportError) {
        for file in files {
            try file.output.finish()
            try check(file.path)
        }
        for file in files.reversed() {
            guard rename(file.temporary, file.path) == 0 else {
                let reason = String(cString: strerror(errno))
                throw ReportError(.cannotWrite, "\(file.path): cannot be replaced: \(reason)")
            }
        }
        files = []
    }

    deinit {
        for file in files { unlink(file.temporary) }
    }

    private func check(_ path: String) throws(ReportError) {
        var status = stat()
        guard !replacing, lstat(path, &status) == 0 else { return }
        throw ReportError(.foreignFile, "\(path) is there already; name another file, or replace it with --force")
    }
}
