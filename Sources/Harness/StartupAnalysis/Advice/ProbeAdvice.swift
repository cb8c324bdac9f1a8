package import ContainerPlatform
import Domain
import Reports

/// A probe that recorded starts would have survived, with what it rests on and what it costs.
package struct ProbeAdvice: Sendable {
    /// What is asked of the advice.
    package struct Request: Hashable, Sendable {
        /// The quantile of starts that must survive, and how sure that is to be.
        package var bound: QuantileBound
        /// By which factor a start may be slower still.
        package var margin: Double
        /// The seconds between two attempts.
        package var period: Int
        /// The platform's limit.
        package var limit: ProbeLimit

        /// Creates a request.
        package init(bound: QuantileBound, margin: Double, period: Int, limit: ProbeLimit) {
            precondition(margin >= 1 && period >= 1, "a margin of \(margin), a period of \(period)")
            self.bound = bound
            self.margin = margin
            self.period = period
            self.limit = limit
        }
    }

    /// What was asked.
    package let request: Request
    /// What was recorded.
    package let recorded: RecordedReadiness
    /// The recorded start that bounds the quantile, in seconds.
    package let bounding: Double
    /// The seconds that the probe has to wait: the bound with the margin, rounded up.
    package let needed: Int
    /// The probe.
    package let probe: ProbeConfiguration
    /// What it costs, by simulating it on each recorded start.
    package let price: ProbePrice

    /// Computes the advice.
    ///
    /// - Throws: `StartupAnalysisError`: `empty` where there are too few starts to say anything, or too many of them ended
    ///   before they could have passed; `outOfReach` where no probe within the limit waits long enough.
    package init(for recorded: RecordedReadiness, _ request: Request) throws(StartupAnalysisError) {
        guard let place = request.bound.place(among: recorded.count) else {
            throw StartupAnalysisError(
                .empty,
                "too few recorded starts, \(recorded.count): a bound of the quantile \(request.bound.quantile) at a "
                    + "confidence of \(request.bound.confidence) needs at least \(request.bound.leastObservations)"
            )
        }
        guard place <= recorded.seconds.count else {
            throw StartupAnalysisError(
                .empty,
                "\(recorded.ended) of \(recorded.count) starts ended before they could pass their probe, so "
                    + "that their time is not known; record them again under a more patient probe"
            )
        }
        self.request = request
        self.recorded = recorded
        bounding = recorded.seconds[place - 1]
        // A rest from multiplying must not cost a second.
        needed = max(1, Int((bounding * request.margin - 1e-9).rounded(.up)))
        probe = try Self.probe(waiting: needed, request, handler: recorded.handler)
        var priced = probe
        // On Kubernetes a TCP attempt is one try, as an HTTP attempt is everywhere.
        if !Self.waitsByItself(probe.handler, request.limit) {
            priced.handler = .http(path: "/", port: probe.handler.port)
        }
        let profile: PlatformProfile = recorded.source == .kubernetes ? .kubernetes : .cloudRun
        price = ProbePrice(of: priced, under: profile, on: recorded.seconds)
    }

    /// The probe that waits so long.
    ///
    /// An attempt of HTTP or gRPC is taken to be one try: the last of them has to begin late enough. A TCP attempt waits by itself, where there is a
    /// limit, which only Cloud Run has: there one attempt does, and notices at once; on Kubernetes it is one try, too.
    private static func probe(
        waiting needed: Int,
        _ request: Request,
        handler: ProbeHandler
    ) throws(StartupAnalysisError) -> ProbeConfiguration {
        let most = request.limit.seconds ?? .max
        var probe = ProbeConfiguration(handler: handler)
        var (period, threshold) = (request.period, (needed + request.period - 1) / request.period + 1)
        let waitsByItself = waitsByItself(handler, request.limit)
        if waitsByItself { (period, threshold) = (min(needed, most), 1) }
        let kept = min(threshold, max(1, most / period))
        // What attempts cannot wait within the limit, a delay before them can: it is not part of the product.
        let reach = waitsByItself ? period : (kept - 1) * period
        let delay = max(0, needed - reach)
        guard period <= most, delay <= most else {
            throw StartupAnalysisError(
                .outOfReach,
                "no probe within the limit of \(most) s waits \(needed) s, not even with a delay before it; load "
                    + "less before the probe can pass, or take a platform with a higher limit"
            )
        }
        probe.initialDelay = .seconds(delay)
        probe.period = .seconds(period)
        probe.timeout = .seconds(period)
        probe.failureThreshold = kept
        return probe
    }

    /// Whether an attempt goes on trying until its timeout.
    private static func waitsByItself(_ handler: ProbeHandler, _ limit: ProbeLimit) -> Bool {
        handler.onlyConnects && limit != .none
    }

    /// Whether the service goes on loading once its probe has passed, so that it needs CPU between requests.
    package var needsCPUAlways: Bool { recorded.strategy != "blocking" }
}
