import Logging
package import ModelFiles
package import RecommendationEngine
import ServiceLifecycle

/// Computes the fingerprint that the result cache needs, while the service runs already.
struct CacheIdentification: Service {
    let cache: BundleCache
    let paths: BundlePaths
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            do {
                try await cache.identify(filesOf: paths)
            } catch let error as ModelFileError {
                logger.warning("the result cache stays empty", metadata: ["error": "\(error)"])
            }
        }
        try? await gracefulShutdown()
    }
}

extension BundleCache {
    /// Computes the fingerprint of a bundle's files off the cooperative pool and states it.
    ///
    /// - Throws: `ModelFileError` where a file cannot be read, `CancellationError`.
    /// - Complexity: O(*n*) in the size of the files.
    package func identify(filesOf paths: BundlePaths) async throws {
        let fingerprints = try await BlockingWork.run { try Fingerprint.sha256(of: paths) }
        let lines = fingerprints.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
        identify(Fingerprint.sha256(lines.joined().utf8))
    }
}
