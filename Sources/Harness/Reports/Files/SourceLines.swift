import Scenarios

/// Lines of scenario files for the excerpts in failures.
package enum SourceLines {
    private static let largestFile = 1 << 20

    /// Returns a line of a file as it is now, `nil` where the file cannot be read again, is very large, or has no such line.
    ///
    /// - Complexity: O(*n*) in the size of the file.
    package static func line(at location: VerdictReport.Location) -> String? {
        guard !InputFile.isStream(location.file),
            let bytes = try? InputFile.content(of: location.file, limit: largestFile), bytes.count <= largestFile
        else { return nil }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(location.line - 1) else { return nil }
        return String(decoding: lines[location.line - 1], as: UTF8.self)
    }
}
