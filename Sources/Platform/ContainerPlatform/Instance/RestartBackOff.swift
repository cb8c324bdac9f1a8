/// When the kubelet starts a container again that has ended.
///
/// The delay doubles from the first to the longest with every restart, and begins anew once a container has lasted
/// twice the longest. It counts from the end of the container that ended last before the kubelet looked. Where the
/// kubelet itself ended this one, to restart it in the same breath, that is the one before: a container that outlives
/// the delay is restarted at once however often its probe has failed (kubernetes, `pkg/kubelet/kuberuntime`, `doBackOff`,
/// and `client-go/util/flowcontrol`). What it takes the kubelet to notice an end is left out.
struct RestartBackOff: Hashable, Sendable {
    private let first: Duration
    private let longest: Duration
    /// The delay that the next restart is held to, absent before the first that counted.
    private(set) var delay: Duration?
    private var updated = Duration.zero
    private var previousEnd: Duration?

    /// Creates the back-off of a container that has never ended.
    init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// Takes the end of a container.
    ///
    /// - Parameters:
    ///   - ended: The moment of its end.
    ///   - wasKilled: Whether the kubelet ended it.
    /// - Returns: The moment at which the next is started.
    mutating func restart(after ended: Duration, wasKilled: Bool) -> Duration {
        defer { previousEnd = ended }
        // The kubelet counts no back-off while no container has ended yet.
        guard let since = wasKilled ? previousEnd : ended else { return ended }
        if let delay, !hasExpired(at: since), ended - since < delay {
            let moment = ended + delay
            count(since: ended, at: moment)
            return moment
        }
        count(since: since, at: ended)
        return ended
    }

    private mutating func count(since end: Duration, at moment: Duration) {
        if let delay, !hasExpired(at: end) {
            self.delay = min(delay + delay, longest)
        } else {
            delay = first
        }
        updated = moment
    }

    private func hasExpired(at end: Duration) -> Bool { end - updated > longest + longest }
}
