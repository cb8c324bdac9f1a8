import Logging
import ModelFiles
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
