package import Domain

/// What a service counts and measures of itself.
package struct ServiceMetrics: Sendable {
    private static let requests = MetricsRegistry.Family(
        "coldstart_requests_total",
        .counter,
        help: "Requests that were answered, by path, method and status."
    )
    private static let latency = MetricsRegistry.Family(
        "coldstart_request_duration_seconds",
        .histogram(bounds: bounds),
        help: "Time from the head of a request to its answer, by path."
    )
    private static let inFlight = MetricsRegistry.Family(
        "coldstart_requests_in_flight",
        .gauge,
        help: "Requests that are being answered."
    )
    private static let phases = MetricsRegistry.Family(
        "coldstart_recommend_phase_duration_seconds",
        .histogram(bounds: bounds),
        help: "Time of the phases of a recommendation: read, wait (for a core), rank, write."
    )
    private static let stages = MetricsRegistry.Family(
        "coldstart_stage_duration_seconds",
        .gauge,
        help: "Time that a stage of the initialisation took."
    )
    private static let stageFailures = MetricsRegistry.Family(
        "coldstart_stage_failures_total",
        .counter,
        help: "Stages of the initialisation that failed."
    )
    private static let rows = MetricsRegistry.Family(
        "coldstart_rows_written_total",
        .counter,
        help: "Rows of recommendations that were written, by model."
    )
    private static let fallbacks = MetricsRegistry.Family(
        "coldstart_p5_fallbacks_total",
        .counter,
        help: "Recommendations of SVD alone, by the reason for which P5 was left out."
    )
    private static let cacheLookups = MetricsRegistry.Family(
        "coldstart_cache_requests_total",
        .counter,
        help: "Look-ups in the result cache, by result."
    )
    private static let cacheHits = MetricsRegistry.Family(
        "coldstart_cache_hits_total",
        .counter,
        help: "Recommendations whose rankings came from the result cache."
    )
    private static let precomputed = MetricsRegistry.Family(
        "coldstart_precomputed_sessions_total",
        .counter,
        help: "Sessions that got SVD rows before they asked."
    )
    private static let bounds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    private let registry = MetricsRegistry([
        requests, latency, inFlight, phases, stages, stageFailures, rows, fallbacks, cacheHits, cacheLookups,
        precomputed,
    ])

    /// Creates metrics that are all zero; those that alarms watch are there from the start.
    package init() {
        registry.set(Self.inFlight, to: 0)
        for model in Model.allCases { registry.add(0, to: Self.rows, ["model": model.rawValue]) }
        for reason in FallbackReason.allCases { registry.add(0, to: Self.fallbacks, ["reason": reason.rawValue]) }
        registry.add(0, to: Self.cacheHits)
    }

    /// Why P5 was left out of a recommendation.
    package enum FallbackReason: String, Hashable, Sendable, CaseIterable {
        /// It has not loaded, or could not be.
        case notLoaded = "not_loaded"
        /// It was there and failed.
        case failed
    }

    /// A phase of a recommendation.
    package enum Phase: String, Hashable, Sendable {
        /// Ratings and candidates are read.
        case read
        /// P5's turn is waited for.
        case wait
        /// The models rank.
        case rank
        /// The rows are written.
        case write
    }

    /// All series in Prometheus' text format.
    package var text: String { registry.text }

    /// Notes that a request has begun.
    package func began() { registry.add(1, to: Self.inFlight) }

    /// Notes that a request has been answered.
    package func answered(path: String, method: String, status: Int, after duration: Duration) {
        registry.add(-1, to: Self.inFlight)
        registry.add(1, to: Self.requests, ["path": path, "method": method, "status": String(status)])
        registry.observe(duration.seconds, in: Self.latency, ["path": path])
    }

    /// Notes a request that was refused before it was complete.
    package func refused(status: Int) {
        registry.add(1, to: Self.requests, ["path": "incomplete", "method": "other", "status": String(status)])
    }

    /// Notes the end of a stage.
    package func finished(_ stage: InitialisationStage, after duration: Duration) {
        registry.set(Self.stages, to: duration.seconds, ["stage": stage.rawValue])
    }

    /// Notes the failure of a stage.
    package func failed(_ stage: InitialisationStage, after duration: Duration) {
        finished(stage, after: duration)
        registry.add(1, to: Self.stageFailures, ["stage": stage.rawValue])
    }

    /// Notes how long a phase of a recommendation took.
    package func took(_ duration: Duration, in phase: Phase) {
        registry.observe(duration.seconds, in: Self.phases, ["phase": phase.rawValue])
    }

    /// Notes rows that are in the database.
    package func wrote(_ count: Int, of model: Model) {
        registry.add(Double(count), to: Self.rows, ["model": model.rawValue])
    }

    /// Notes a recommendation without P5.
    package func fellBack(_ reason: FallbackReason) {
        registry.add(1, to: Self.fallbacks, ["reason": reason.rawValue])
    }

    /// Notes a look-up in the result cache.
    package func lookedUp(hit: Bool) {
        registry.add(1, to: Self.cacheLookups, ["result": hit ? "hit" : "miss"])
        if hit { registry.add(1, to: Self.cacheHits) }
    }

    /// Notes a session that got SVD rows before it asked.
    package func precomputed(rows: Int) {
        registry.add(1, to: Self.precomputed)
        wrote(rows, of: .svd)
    }
}
