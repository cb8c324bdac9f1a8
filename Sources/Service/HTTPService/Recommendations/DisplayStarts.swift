package import Domain
import Synchronization

/// Draws the model that begins each display list.
package final class DisplayStarts: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    /// Creates the draws of a generator; a seeded one repeats them.
    package init(_ generator: any RandomNumberGenerator & Sendable) {
        self.generator = Mutex(generator)
    }

    /// Draws a model, each as likely as the other.
    package func next() -> Model {
        generator.withLock { $0.next().isMultiple(of: 2) ? .svd : .p5 }
    }
}
