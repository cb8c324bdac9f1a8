import CSpawn
import ContainerPlatform
package import Domain
package import FaultSweep
package import ModelFiles
import Observations
package import PostgresClient
import RecommendationEngine
import SafeText
package import Scenarios

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A real process under a sweep, asked over HTTP.
package actor SweptProcess: SweptService {
    /// How long a boundary of the start lasts where the service is held there.
    private static let heldSeconds = 1.5

    private let launch: CommandLaunch
    private let headers: [(name: String, value: String)]
    private let redaction: Redaction
    private var process: ServiceProcess?
    private var port: ReservedPort?
    private var log: LogCapture
    private let isLazy: Bool
    private let stageSigns: [InitialisationStage: String]
    /// What the service said in lines of our own service's form.
    private var said: [String] = []
    private var held: SweepBoundary?

    /// Creates a service that does not run yet.
    ///
    /// - Parameters:
    ///   - command: How it is started.
    ///   - plan: The plan whose settings it has.
    ///   - paths: The bundle's files.
    ///   - database: The database as the service is to reach it.
    ///   - stageSigns: A text in the line that the service writes when a stage begins, for services other than our own.
    package init(
        command: ServiceCommand,
        plan: Plan,
        paths: BundlePaths,
        database: PostgresAddress,
        stageSigns: [InitialisationStage: String] = [:]
    ) {
        self.isLazy = plan.service.strategy == .lazy
        self.stageSigns = stageSigns
        var launch = command.launch(plan, paths: paths, database: database, speed: 1)
        var headers: [(name: String, value: String)] = []
        var redaction = database.redaction
        if let secret = launch.takeSecret(seed: plan.seed) {
            headers.append(("X-Webhook-Secret", secret))
            redaction = redaction.union([secret])
        }
        self.launch = launch
        self.headers = headers
        self.redaction = redaction
        self.log = LogCapture(redaction: redaction, path: nil)
    }

    package func start(heldAt boundary: SweepBoundary?) async throws {
        process?.end()
        let port = try ReservedPort()
        self.port = port
        var launch = launch
        launch.environment["PORT"] = String(port.number)
        var rehearsal = Rehearsal()
        switch boundary {
        case .beforeListening: rehearsal.boot = Self.heldSeconds
        case .stage(let stage): rehearsal[stage: stage].delay = Self.heldSeconds
        default: break
        }
        launch.environment[Rehearsal.variable] = rehearsal.startingNow()
        // The service listens where the reservation was.
        self.port = nil
        number = port.number
        said = []
        log = LogCapture(redaction: redaction, path: nil)
        held = boundary
        process = try ServiceProcess(launch)
    }

    private var number = 0

    package func arrival(within limit: Duration) async -> SweptArrival {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end, readLog() {
            switch held {
            case .beforeListening:
                // What has begun and does not listen: a moment for the program itself, which is not the service yet.
                try? await Task.sleep(for: .milliseconds(100))
                guard case .refused = await exchange([], until: Patience(.seconds(1))) else { return .never }
                return .reached("process \(process?.id ?? 0) runs, and its port refuses connections")
            case .stage(let stage):
                let sign = "rehearsal: \(stage.rawValue) is delayed"
                if said.contains(where: { $0.hasPrefix(sign) }) {
                    return .reached("process \(process?.id ?? 0) says that it is in the stage \(stage.rawValue)")
                }
                if let sign = stageSigns[stage], let line = log.lines.first(where: { $0.text.contains(sign) }) {
                    return .reached("process \(process?.id ?? 0) wrote \"\(line.text.prefix(80))\"")
                }
                if await isReady(within: .zero) { return .notAnnounced }
            default: return .never
            }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return .never
    }

    package func isReady(within limit: Duration) async -> Bool {
        let end = ContinuousClock.now + limit
        repeat {
            guard readLog() else { return false }
            let request = "GET /health HTTP/1.1\r\nHost: 127.0.0.2:\(number)\r\nConnection: close\r\n\r\n"
            if case .answered(let answer) = await exchange(Array(request.utf8), until: Patience(.seconds(2))),
                let health = ServiceAnswer.health(answer)
            {
                switch health.status {
                case .readyFull: return true
                // P5 is loaded by the first request that wants it.
                case .readyBasic: if isLazy { return true }
                case .failed: return false
                case nil: if health.ok == true { return true }
                case .booting, .other: break
                }
            }
            try? await Task.sleep(for: .milliseconds(10))
        } while ContinuousClock.now < end
        return false
    }

    package func ask(_ request: SweptRequest, until patience: Patience) async -> CellObservation.Answer {
        let body =
            "{\"session_id\":\"\(request.session)\",\"topk_per_model\":\(request.topK),\"phase\":\(request.phase)}"
        var head = "POST /recommend HTTP/1.1\r\nHost: 127.0.0.2:\(number)\r\nUser-Agent: coldstart\r\n"
        head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        switch await exchange(Array((head + "\r\n" + body).utf8), until: patience) {
        case .answered(let answer):
            guard answer.status == 200 else {
                return .init(status: answer.status, detail: redaction.removed(from: ServiceAnswer.detail(answer)))
            }
            let body = AnswerBody(answer.body)
            let saved = body.svdTopSaved.flatMap { svd in
                body.p5TopSaved.map { CellObservation.Saved(svd: svd, p5: $0) }
            }
            return .init(status: 200, saved: saved, detail: body.faults.first?.text)
        case .refused: return .init(status: nil, detail: "nothing listened")
        case .broken(let reason), .malformed(let reason): return .init(status: nil, detail: reason)
        case .checked, .connected, nil: return .init(status: nil, detail: "the caller gave up")
        }
    }

    package func kill() async -> String? {
        guard let process, process.exit == nil else {
            process?.end()
            process = nil
            return nil
        }
        process.signal(SIGKILL)
        let end = ContinuousClock.now + .seconds(2)
        while process.exit == nil, ContinuousClock.now < end { usleep(200) }
        let exit = process.exit
        process.end()
        self.process = nil
        guard case .signal(SIGKILL) = exit else { return nil }
        return "SIGKILL to the group of process \(process.id); it ended on signal 9"
    }

    package func freeze() async -> String? {
        guard let members = process?.setStopped(true), !members.isEmpty, members.allSatisfy(\.isStopped) else {
            return nil
        }
        let states = members.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
        return "SIGSTOP to the group of process \(process?.id ?? 0); states read back: \(states)"
    }

    package func thaw() async {
        _ = process?.setStopped(false)
    }

    package func stop() async {
        process?.end()
        process = nil
    }

    /// Reads what the service has written, and returns whether it still runs.
    private func readLog() -> Bool {
        guard let process else { return false }
        for (file, source) in [(process.output, LoggedLine.Source.output), (process.errors, .errors)] {
            for line in log.read(file, from: source, at: .zero).lines {
                if let said = ServiceLogLine(line)?.message { self.said.append(said) }
            }
        }
        return process.exit == nil
    }

    /// Has an exchange with the service on a thread of its own, reading its log meanwhile.
    private func exchange(_ request: [UInt8], until patience: Patience) async -> Exchange.End? {
        let port = number
        let (ends, end) = AsyncStream.makeStream(of: Exchange.End?.self)
        OwnThread.start {
            let exchange = Exchange(to: .instance(port: port), request: request, bodyLimit: 1 << 20)
            exchange.advance()
            while exchange.end == nil, !patience.isOver {
                var file = pollfd(fd: exchange.descriptor, events: exchange.events, revents: 0)
                _ = poll(&file, 1, 5)
                exchange.advance()
            }
            end.yield(exchange.end)
            end.finish()
        }
        for await end in ends {
            _ = readLog()
            return end
        }
        return nil
    }
}

/// Sleeps on the calling thread.
func sleepMilliseconds(_ count: UInt32) { usleep(count * 1000) }
