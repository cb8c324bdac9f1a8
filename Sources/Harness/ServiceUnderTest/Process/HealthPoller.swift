import ContainerPlatform
import Domain
import GRPCHealth
import SafeText
import Scenarios

/// Dates what a service becomes, by asking it for `/health` again and again.
struct HealthPoller {
    /// What an answer shows.
    enum Sighting: Hashable {
        /// Whether the service listens.
        case listening(Bool)
        /// An attempt of the probe would succeed.
        case probeCouldPass
        /// What the service says of itself.
        case health(ServiceHealth)
    }

    /// How often the service is asked, in real time, while something may change.
    private static let interval = Duration.milliseconds(10)
    /// How often it is asked once it has said its last word.
    private static let calmInterval = Duration.milliseconds(100)
    /// How long it may take to answer, in real time.
    private static let patience = Duration.seconds(2)

    private let port: Int
    private let speed: Double
    private let redaction: Redaction
    /// The probe's question.
    private let probe: ProbeHandler
    /// Whether the probe asks at another port than the service's.
    private let isProbedElsewhere: Bool
    /// Whether an answer has shown that the probe could pass.
    private var couldPass = false
    /// The path of the question under way, empty for a health check of gRPC.
    private var path = "/health"
    /// The moment at which the question under way is given up.
    private var givenUpAt = Duration.never
    /// The question under way.
    private(set) var exchange: Exchange?
    /// The next moment at which the service is asked.
    var due = Duration.zero
    /// What it could rank with by its own word.
    private(set) var state: ServingState?
    /// Whether nothing more is to come by itself: everything is loaded, or the load has failed for good.
    private(set) var isFinal = false

    /// Creates a poller that has not asked yet.
    init(port: Int, setup: ProcessDriver.Setup) {
        let deciding = setup.plan.platform.deciding
        self.port = port
        speed = setup.speed
        redaction = setup.redaction
        probe = deciding.handler
        isProbedElsewhere = setup.plan.platform.isElsewhere(deciding)
    }

    /// The next moment at which something is to be done.
    var nextMoment: Duration { exchange == nil ? due : givenUpAt }

    /// Asks nothing until ``ask(at:isStarting:)`` is called again.
    mutating func pause() {
        exchange = nil
        due = .never
    }

    /// Asks where it is time, and gives up what has had no answer for too long.
    ///
    /// Until the probe's own question could pass it is asked in turn with `/health`.
    ///
    /// - Returns: Whether a question has been sent.
    mutating func ask(at now: Duration, isStarting: Bool) -> Bool {
        if exchange != nil {
            guard givenUpAt <= now else { return false }
            exchange = nil
            due = now
        }
        guard due <= now else {
            if due == .never { due = now }
            return false
        }
        due = .never
        let asksAsProbe = isStarting && !isProbedElsewhere && !couldPass && path == "/health"
        path = asksAsProbe ? probe.service.map { _ in "" } ?? probe.path ?? "/health" : "/health"
        givenUpAt = now + Self.patience * speed
        if asksAsProbe, let service = probe.service {
            exchange = Exchange(checking: service, port: port, agent: "coldstart")
        } else {
            exchange = Exchange(
                to: .instance(port: port),
                request: Exchange.get(path, port: port, agent: "coldstart"),
                bodyLimit: 65_536
            )
        }
        return true
    }

    /// Goes on with the question under way.
    ///
    /// - Parameter clock: Gives the moment of what was seen.
    /// - Returns: What was seen, in its order.
    mutating func advance(_ clock: ScenarioClock) -> [Sighting] {
        guard let exchange else { return [] }
        exchange.advance()
        var seen: [Sighting] = exchange.isConnected ? [.listening(true)] : []
        if exchange.isConnected, probe.onlyConnects { seen += couldPassNow() }
        guard let end = exchange.end else { return seen }
        self.exchange = nil
        switch end {
        case .answered(let answer): seen += read(answer)
        case .checked(.answered(status: 1)): seen += couldPassNow()
        case .refused: seen.append(.listening(false))
        case .checked, .connected, .broken, .malformed: break
        }
        due = clock.now + (isFinal ? Self.calmInterval : Self.interval) * speed
        return seen
    }

    private mutating func couldPassNow() -> [Sighting] {
        guard !isProbedElsewhere, !couldPass else { return [] }
        couldPass = true
        return [.probeCouldPass]
    }

    private mutating func read(_ answer: HTTPAnswer) -> [Sighting] {
        let passes = path == probe.path && ProbeSighting.status(answer.status).isSuccess
        let seen = passes ? couldPassNow() : []
        guard path == "/health", let said = ServiceAnswer.health(answer) else { return seen }
        let text = said.status?.text ?? (said.ok == true ? "ok" : "not ok")
        let status = HealthStatus(redaction.removed(from: text))
        let knowsMovies = (said.movies ?? 0) > 0
        let state = ServiceAnswer.state(answer) ?? (status == .readyFull ? .full : knowsMovies ? .svdOnly : .nothing)
        let health = ServiceHealth(status, recommends: said.ok == true && state != .nothing)
        self.state = state
        isFinal = health.isFinal
        return seen + [.health(health)]
    }
}

extension ServiceHealth {
    /// Whether everything is loaded, or the load has failed for good.
    var isFinal: Bool { level == .full || hasFailed }
}
