import ModelFiles
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Outputs of a stage that were computed before, in a folder: one file for each key.
///
/// A file holds the whole key beside the output and a digest over both. One that is damaged, was cut short or belongs to
/// another key is not used and is written anew; what cannot be written is left out.
package final class StageCache: Sendable {
    /// What became of the questions so far.
    package struct Counts: Hashable, Sendable {
        /// Outputs that were there.
        package var hits = 0
        /// Outputs that were computed.
        package var misses = 0
        /// Files that could not be used.
        package var damaged = 0
    }

    private struct Entry: Codable {
        let version: Int
        let key: String
        let output: String
        let digest: String
    }

    private static let version = 1
    private let folder: String
    private let state = Mutex(Counts())

    /// Opens a folder, which is made where it does not exist.
    ///
    /// - Throws: The error of the file system where it cannot be made.
    package init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// What became of the questions so far.
    package var counts: Counts { state.withLock { $0 } }

    /// Returns the output of a key, computed where it is not there.
    ///
    /// - Parameters:
    ///   - key: Everything that the output follows from.
    ///   - compute: Computes it.
    /// - Returns: The output.
    /// - Throws: What `compute` throws.
    package func output<Output: Codable>(for key: String, _ compute: () throws -> Output) rethrows -> Output {
        let path = "\(folder)/\(Fingerprint.sha256(key.utf8)).json"
        if let bytes = FileManager.default.contents(atPath: path) {
            if let output: Output = Self.output(of: bytes, key: key) {
                state.withLock { $0.hits += 1 }
                return output
            }
            state.withLock { $0.damaged += 1 }
        }
        state.withLock { $0.misses += 1 }
        let output = try compute()
        if let encoded = try? JSONEncoder().encode(output) {
            let text = String(decoding: encoded, as: UTF8.self)
            let entry = Entry(version: Self.version, key: key, output: text, digest: Self.digest(key, text))
            if let bytes = try? JSONEncoder().encode(entry) {
                // In one step, so that another process never reads half of it; without it, it is computed again.
                try? bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
            }
        }
        return output
    }

    private static func output<Output: Codable>(of bytes: Data, key: String) -> Output? {
        guard let entry = try? JSONDecoder().decode(Entry.self, from: bytes), entry.version == version,
            entry.key == key, entry.digest == digest(key, entry.output)
        else { return nil }
        return try? JSONDecoder().decode(Output.self, from: Data(entry.output.utf8))
    }

    private static func digest(_ key: String, _ output: String) -> String {
        Fingerprint.sha256((key + "\n" + output).utf8)
    }
}
