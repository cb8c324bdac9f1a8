import ContainerPlatform
import Scenarios

/// The startup probe over real sockets.
extension ProcessRun {
    /// How long a TCP attempt waits in real time before it tries to connect again.
    private static let connectInterval = Duration.milliseconds(1)

    /// The address that the probe asks.
    var probedAddress: SocketAddress { .instance(port: strangerPort?.number ?? port) }

    /// Tells the probe that its time has come, and tries again to connect.
    func reachProbe() {
        if exitNoticeDue <= now {
            exitNoticeDue = .never
            advanceProbe(.processExited)
        }
        if probeDue <= now { advanceProbe(.timeReached) }
        if attemptRetryDue <= now {
            attemptRetryDue = .never
            if probe.isAttempting { connect() }
        }
    }

    /// Takes notice of what the attempt under way has come to.
    func advanceAttempt() {
        guard let exchange = attempt else { return }
        exchange.advance()
        guard let end = exchange.end else { return }
        attempt = nil
        now = clock.now
        let isTCP = setup.plan.scenario.platform.probe.value.handler.path == nil
        switch end {
        case .connected:
            advanceProbe(.attemptEnded(.connected))
        case .answered(let answer):
            advanceProbe(.attemptEnded(.status(answer.status)))
        case .refused, .broken, .malformed:
            // A TCP attempt goes on trying inside its timeout, an HTTP attempt is one try.
            if isTCP {
                attemptRetryDue = now + Self.connectInterval * setup.speed
            } else {
                advanceProbe(.attemptEnded(.refused))
            }
        }
    }

    private func connect() {
        attempt = Exchange(to: probedAddress)
        advanceAttempt()
    }

    /// Hands an event to the probe and does what it says.
    private func advanceProbe(_ event: StartupProbe.Event) {
        let action = probe.handle(event, at: now)
        probeDue = probe.nextWakeUp ?? .never
        switch action {
        case .startAttempt:
            beginAttempt()
        case .attemptFailed(let ended):
            endAttempt(ended)
        case .instanceStarted(let ended):
            endAttempt(ended)
            instanceStarted()
        case .instanceFailed(let failures, let last):
            if let last { endAttempt(last) }
            record(.probeFailed(failures: failures, saw: last?.saw))
            if let exited {
                summary.outcome = .exited(at: now, exited)
            } else {
                summary.outcome = .killed(at: now, failures: failures)
            }
            startFailed = true
            refuseQueued()
            beginStop()
        case nil:
            break
        }
    }

    private func beginAttempt() {
        guard exited == nil else { return }
        if let path = setup.plan.scenario.platform.probe.value.handler.path {
            // Only the status matters, but the timeout covers the whole exchange.
            attempt = Exchange(to: probedAddress, request: get(path, agent: "GoogleHC/1.0"), bodyLimit: 10_240)
            advanceAttempt()
        } else {
            connect()
        }
    }

    private func endAttempt(_ ended: ProbeAttempt) {
        attempt?.abandon()
        attempt = nil
        attemptRetryDue = .never
        record(.attempt(ended))
        if ended.saw.isSuccess, summary.probeCouldPass == nil { summary.probeCouldPass = ended.ended }
    }

    private func instanceStarted() {
        record(.probeSucceeded(attempts: probe.attempts))
        summary.outcome = .ready(at: now)
        phase = .serving
        if setup.plan.scenario.platform.cpu.startupBoost {
            boostEnds = now + profile.boostTail
            boostDue = boostEnds
        } else {
            boostEnds = now
        }
        if watcher.health?.recommends == false { gapSince = now }
        deliverQueued()
        allocateCPU()
    }

    /// A request of the harness without a body.
    func get(_ path: String, agent: String) -> [UInt8] {
        Array(
            "GET \(path) HTTP/1.1\r\nHost: 127.0.0.2:\(port)\r\nUser-Agent: \(agent)\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                .utf8
        )
    }
}
