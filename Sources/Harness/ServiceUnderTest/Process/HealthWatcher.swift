import ContainerPlatform
import Domain

/// What is known of a service by asking `/health` again and again.
struct HealthWatcher {
    /// How often the service is asked, in real time, while something may change.
    static let interval = Duration.milliseconds(10)
    /// How often it is asked once it has said its last word.
    static let calmInterval = Duration.milliseconds(100)
    /// How long it may take to answer, in real time.
    static let patience = Duration.seconds(2)

    /// The next moment at which it is asked.
    var due = Duration.never
    /// The question under way.
    var exchange: Exchange?
    /// The path that the question under way is for.
    var path = "/health"
    /// The moment at which the question under way is given up.
    var givenUpAt = Duration.never
    /// Whether the service listened when it was last asked.
    var isListening = false
    /// What it said of itself last.
    var health: ServiceHealth?
    /// What it could rank with by its own word.
    var state: ServingState?

    /// Whether nothing more is to come by itself: everything is loaded, or the load has failed for good.
    var isFinal: Bool { health?.isFinal ?? false }
}

extension ServiceHealth {
    /// Whether everything is loaded, or the load has failed for good.
    var isFinal: Bool { level == .full || hasFailed }
}
