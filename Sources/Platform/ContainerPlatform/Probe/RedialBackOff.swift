/// When the client of a gRPC probe dials again that could not connect.
///
/// The kubelet's and the queue-proxy's client waits for its connection until the probe's timeout, so that a closed port is
/// no failure at once but a timeout. Between two dials it waits 1 s, then 1.6 times as long each time (kubernetes,
/// `pkg/probe/grpc`; gRPC's connection back-off, `doc/connection-backoff.md`). Its jitter of 20 %, from the second wait
/// on, is left out. What Cloud Run's prober does is unverified; there an attempt is taken to be one try.
package struct RedialBackOff: Hashable, Sendable {
    /// The longest wait.
    private static let longest = Duration.seconds(120)

    private var wait = Duration.seconds(1)

    /// Creates the back-off of an attempt that begins.
    package init() {}

    /// Takes a dial that failed.
    ///
    /// - Parameter moment: When it failed.
    /// - Returns: When the next begins.
    package mutating func next(after moment: Duration) -> Duration {
        defer { wait = min(wait * 8 / 5, Self.longest) }
        return moment + wait
    }
}
