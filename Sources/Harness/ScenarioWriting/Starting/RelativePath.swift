#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Paths from one folder to another place, so that a project can be moved as a whole.
package enum RelativePath {
    /// Returns the path of a file or folder, as seen from a folder; absolute where they have nothing but `/` in common.
    ///
    /// Both must exist. Symbolic links are followed first, for `..` means the parent of what a link leads to.
    ///
    /// - Complexity: O(*n*) in the length of the paths.
    package static func from(_ folder: String, to place: String) -> String {
        let (start, end) = (parts(folder), parts(place))
        let common = zip(start, end).prefix { $0 == $1 }.count
        guard common > 0 else { return "/" + end.joined(separator: "/") }
        let steps = Array(repeating: "..", count: start.count - common) + end.dropFirst(common)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }

    private static func parts(_ path: String) -> [String] {
        URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path.split(separator: "/").map(String.init)
    }
}
