import Domain
package import ModelFiles
import RecommendationEngine

/// The result cache of one bundle, whose fingerprint is part of every key.
package struct BundleCache: Sendable {
    /// The kept rankings.
    package let results: ResultCache
    private let fingerprint: Watched<String?>

    /// Creates an empty cache, which keeps nothing before the fingerprint is known.
    package init(capacity: Int) {
        results = ResultCache(capacity: capacity)
        fingerprint = Watched(nil)
    }

    /// States the bundle's fingerprint.
    package func identify(_ bundle: String) { fingerprint.change { $0 = bundle } }

    /// The key of rankings, `nil` while the bundle's fingerprint is not known.
    func key(
        _ session: SessionID,
        _ inputs: RecommendationPipeline.Inputs,
        _ state: ServingState
    ) -> ResultCache.Key? {
        guard let bundle = fingerprint.value, state != .nothing else { return nil }
        return ResultCache.Key(session: session, inputs: inputs, state: state, bundle: bundle)
    }

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
