/// Where requests get the catalogue from, which not each of them has to read.
package protocol CatalogueSource: Sendable {
    /// Returns the catalogue as it is, or was not long ago.
    ///
    /// - Throws: The store's error where it has to be read and cannot be; `CancellationError`.
    func catalogue() async throws -> Catalogue
}

/// Reads the catalogue for every request.
package struct UncachedCatalogue: CatalogueSource {
    private let store: any RecommendationStore

    /// Creates a source that keeps nothing.
    package init(store: any RecommendationStore) {
        self.store = store
    }

    package func catalogue() async throws -> Catalogue {
        try await store.catalogue(limit: RecommendationPipeline.candidateLimit)
    }
}
