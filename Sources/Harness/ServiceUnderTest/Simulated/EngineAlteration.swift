package import ModelFiles
package import RecommendationEngine

/// What is wrong with the engine of a simulated service, on purpose: tests and mutants break it here.
package struct EngineAlteration: Sendable {
    /// Changes the models once they have loaded, given where their files are.
    package var models: @Sendable (LoadedModels, BundlePaths) throws -> LoadedModels
    /// Changes what ranks a request.
    package var recommender: @Sendable (Recommender) -> Recommender
    /// Wraps the store that the engine writes to.
    package var store: SimulatedTarget.StoreDecorator

    /// Creates an alteration, which changes nothing where nothing is said.
    package init(
        models: @escaping @Sendable (LoadedModels, BundlePaths) throws -> LoadedModels = { models, _ in models },
        recommender: @escaping @Sendable (Recommender) -> Recommender = { $0 },
        store: @escaping SimulatedTarget.StoreDecorator = { $0 }
    ) {
        self.models = models
        self.recommender = recommender
        self.store = store
    }
}
