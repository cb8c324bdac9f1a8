#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Lines of scenario files for the excerpts in failures.
package enum SourceLines {
    private static let largestFile = 1 << 20

    /// Returns a line of a file as it is now, `nil` where the file cannot be read, is very large, or has no such line.
    ///
    /// - Complexity: O(*n*) in the size of the file.
    package static func line(at location: VerdictReport.Location) -> String? {
        guard let size = try? FileManager.default.attributesOfItem(atPath: location.file)[.size] as? Int,
            size <= largestFile, let data = FileManager.default.contents(atPath: location.file)
        else { return nil }
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(location.line - 1) else { return nil }
        return String(decoding: lines[location.line - 1], as: UTF8.self)
    }
}
