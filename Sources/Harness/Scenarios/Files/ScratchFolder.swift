#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder for files that only one piece of work reads.
package struct ScratchFolder {
    /// The folder.
    package let path: String

    /// Makes an empty folder of its own.
    ///
    /// - Parameter purpose: What it is for, a part of its name.
    /// - Throws: The error of the file system.
    package init(for purpose: String) throws {
        path = FileManager.default.temporaryDirectory.path + "/coldstart-\(purpose)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes a file and returns its path.
    ///
    /// - Throws: The error of the file system.
    @discardableResult
    package func write(_ content: some Sequence<UInt8>, to name: String) throws -> String {
        let file = path + "/" + name
        try Data(content).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Removes the folder with what is in it.
    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
