package import DatabaseHarness
import Foundation
import Synchronization

private let sandboxes = Atomic<Int>(0)

/// A folder of one test's own, open to the server's user, removed at the end.
package struct Sandbox: ~Copyable {
    /// Where it is.
    package let path: String

    /// Creates an empty folder.
    package init() throws {
        // In memory where that is possible, as the clusters themselves.
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        path = "\(parent)/cs-\(getpid())-\(sandboxes.add(1, ordering: .relaxed).newValue)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755]
        )
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Options that keep to the folder; the cache is the user's own unless the test is about it.
    package func options(ownCache: Bool = false) -> ThrowAwayCluster.Options {
        ThrowAwayCluster.Options(cacheFolder: ownCache ? "\(path)/cache" : nil, temporaryFolder: path)
    }

    /// The clusters' folders that are there.
    package var clusters: [String] { names.filter { $0.hasPrefix("coldstart-pg-") } }

    /// What is in the cache of the sandbox.
    package var cached: [String] { (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/cache")) ?? [] }

    /// Reads the text of a file in the folder.
    package func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }
}
