import Foundation

/// A folder that is removed with the value that stands for it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "coldstart-scenarios-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and returns its path.
    func write(_ content: some Collection<UInt8>, to name: String) throws -> String {
        let file = path + "/" + name
        try Data(content).write(to: URL(filePath: file))
        return file
    }

    /// Writes a text file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }
}
