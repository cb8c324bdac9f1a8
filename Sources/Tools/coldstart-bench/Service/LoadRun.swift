import Domain
import NIOCore
import NIOPosix

/// Requests of several connections at once, and what came of them.
struct LoadRun: Sendable {
    /// What each connection has seen, with the sessions that it asked for.
    let connections: [(sessions: [SessionID], outcome: LoadConnection.Outcome)]
    /// The time that passed, in seconds.
    let seconds: Double

    /// Sends requests for some time, on each connection the next when the last is answered.
    ///
    /// - Parameters:
    ///   - port: The port of the service on this machine.
    ///   - count: How many connections there are; each has its share of the sessions.
    ///   - sessions: The sessions.
    ///   - time: How long requests are sent.
    /// - Returns: What came of them; every request that was sent has been answered, or its connection ended.
    /// - Throws: The error of a connection that cannot be made.
    static func perform(
        port: Int,
        connections count: Int,
        sessions: [SessionID],
        for time: Duration
    ) async throws -> LoadRun {
        // One thread: the client shares the processor with what it measures.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let shares = (0..<count)
            .map { index in
                stride(from: index, to: sessions.count, by: count).map { sessions[$0] }
            }
        let start = NIODeadline.now()
        let deadline = start + .nanoseconds(Int64(time / .nanoseconds(1)))
        let outcomes = try await withThrowingTaskGroup(of: (Int, LoadConnection.Outcome).self) { tasks in
            for (index, share) in shares.enumerated() {
                let texts = share.map(\.text)
                tasks.addTask {
                    let done = group.next().makePromise(of: LoadConnection.Outcome.self)
                    do {
                        _ = try await ClientBootstrap(group: group)
                            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                            .channelInitializer { channel in
                                channel.eventLoop.makeCompletedFuture {
                                    try channel.pipeline.syncOperations.addHandler(
                                        LoadConnection(sessions: texts, until: deadline, done: done)
                                    )
                                }
                            }
                            .connect(host: "127.0.0.1", port: port).get()
                    } catch {
                        done.fail(error)
                    }
                    return (index, try await done.futureResult.get())
                }
            }
            return try await tasks.reduce(into: [Int: LoadConnection.Outcome]()) { $0[$1.0] = $1.1 }
        }
        let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1e9
        try await group.shutdownGracefully()
        return LoadRun(
            connections: shares.indices.map { (shares[$0], outcomes[$0] ?? LoadConnection.Outcome()) },
            seconds: seconds
        )
    }

    /// The number of answers.
    var answers: Int { connections.reduce(0) { $0 + $1.outcome.latencies.count } }

    /// The rows that the answers said were saved.
    var rows: Int { connections.reduce(0) { $0 + $1.outcome.rows } }

    /// Answers a second.
    var rate: Double { Double(answers) / seconds }

    /// Latencies of quantiles in seconds, exact: of all the samples that were taken.
    ///
    /// - Complexity: O(*n* log *n*) in the number of answers.
    func latencies(_ quantiles: [Double]) -> [Double] {
        let ordered = connections.flatMap(\.outcome.latencies).sorted()
        guard !ordered.isEmpty else { return quantiles.map { _ in .nan } }
        // Nearest rank: the smallest value that so many of all do not exceed.
        return quantiles.map { quantile in
            Double(ordered[max(0, Int((quantile * Double(ordered.count)).rounded(.up)) - 1)]) / 1e9
        }
    }

    /// What went wrong with requests, in words, `nil` where every one was answered with success.
    var failure: String? {
        var counts: [Int: Int] = [:]
        for connection in connections { counts.merge(connection.outcome.failures, uniquingKeysWith: +) }
        let cutOff = connections.count { $0.outcome.wasCutOff }
        let parts =
            counts.sorted { $0.key < $1.key }.map { "\($0.value) answers of status \($0.key)" }
            + (cutOff > 0 ? ["\(cutOff) connections were cut off"] : [])
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
