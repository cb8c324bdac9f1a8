import ContainerPlatform
import Domain
import SafeText
import Scenarios

/// Dates what the service becomes, by asking it.
extension ProcessRun {
    /// The address that requests go to.
    var serviceAddress: SocketAddress { .instance(port: port) }

    /// Asks again where it is time.
    func reachHealth() {
        guard exited == nil, phase != .stopping, !isStopped else {
            watcher.due = .never
            watcher.exchange = nil
            return
        }
        if watcher.exchange != nil {
            guard watcher.givenUpAt <= now else { return }
            watcher.exchange = nil
            watcher.due = now
        }
        guard watcher.due <= now else {
            if watcher.due == .never { watcher.due = now }
            return
        }
        watcher.due = .never
        watcher.path = nextPath
        watcher.givenUpAt = now + HealthWatcher.patience * setup.speed
        watcher.exchange = Exchange(
            to: serviceAddress,
            request: get(watcher.path, agent: "coldstart"),
            bodyLimit: 65_536
        )
        advanceHealth()
    }

    /// Takes notice of what the service has said.
    func advanceHealth() {
        guard let exchange = watcher.exchange else { return }
        exchange.advance()
        now = max(now, clock.now)
        if exchange.isConnected { noteListening(true) }
        guard let end = exchange.end else { return }
        watcher.exchange = nil
        watcher.due = now + (watcher.isFinal ? HealthWatcher.calmInterval : HealthWatcher.interval) * setup.speed
        switch end {
        case .answered(let answer):
            take(answer)
        case .refused:
            noteListening(false)
        case .connected, .broken, .malformed:
            break
        }
    }

    /// Until the probe's own path could pass it is asked in turn with `/health`.
    private var nextPath: String {
        guard let path = setup.plan.scenario.platform.probe.value.handler.path, path != "/health", strangerPort == nil,
            summary.probeCouldPass == nil, watcher.path == "/health"
        else { return "/health" }
        return path
    }

    private func noteListening(_ isListening: Bool) {
        guard watcher.isListening != isListening else { return }
        watcher.isListening = isListening
        guard isListening else { return record(.stoppedListening) }
        record(.listening(port: profile.containerPort))
        if summary.listening == nil { summary.listening = now }
        if setup.plan.scenario.platform.probe.value.handler.path == nil { noteCouldPass() }
    }

    private func noteCouldPass() {
        guard phase == .starting, strangerPort == nil, summary.probeCouldPass == nil else { return }
        summary.probeCouldPass = now
    }

    private func take(_ answer: HTTPAnswer) {
        if watcher.path == setup.plan.scenario.platform.probe.value.handler.path,
            ProbeSighting.status(answer.status).isSuccess
        {
            noteCouldPass()
        }
        guard watcher.path == "/health", let said = ServiceAnswer.health(answer) else { return }
        let text = said.status?.text ?? (said.ok == true ? "ok" : "not ok")
        let status = HealthStatus(setup.redaction.removed(from: text))
        let hasFilms = (said.films ?? 0) > 0
        let state =
            ServiceAnswer.state(answer) ?? (status == .readyFull ? .full : hasFilms ? .svdOnly : .nothing)
        let health = ServiceHealth(status, recommends: said.ok == true && state != .nothing)
        watcher.state = state
        guard health != watcher.health else { return }
        watcher.health = health
        record(.health(health))
        if health.level >= .basic, summary.readyBasic == nil { summary.readyBasic = now }
        if health.level == .full, summary.readyFull == nil { summary.readyFull = now }
        guard phase == .serving else { return }
        if health.recommends {
            closeGap()
        } else if gapSince == nil {
            gapSince = now
        }
    }

    /// Ends the time in which the probe had said yes while nothing could be recommended.
    func closeGap() {
        if let since = gapSince { summary.truthGap += now - since }
        gapSince = nil
    }
}
