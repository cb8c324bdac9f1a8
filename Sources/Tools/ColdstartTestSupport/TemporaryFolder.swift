#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder for the files of one test, which goes away with the object.
package final class TemporaryFolder: Sendable {
    /// The folder's path.
    package let path: String

    /// Makes an empty folder.
    package init() throws {
        let name = "coldstart-test-\(UUID().uuidString)"
        self.path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file into the folder, over one of the same name, and returns its path.
    @discardableResult
    package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let file = path + "/" + name
        let parent = (name.contains("/") ? file.split(separator: "/").dropLast().joined(separator: "/") : "")
        if !parent.isEmpty {
            try FileManager.default.createDirectory(atPath: "/" + parent, withIntermediateDirectories: true)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Writes a text file into the folder, over one of the same name, and returns its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try write(text.utf8, to: name)
    }

    /// Returns the bytes of a file anywhere.
    package static func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
