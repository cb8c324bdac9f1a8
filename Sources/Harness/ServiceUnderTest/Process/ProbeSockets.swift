import ContainerPlatform
import Scenarios

/// The sockets of all probes of an instance.
struct ProbeSockets {
    private var sockets: [(kind: ProbeKind, socket: ProbeSocket)] = []

    /// Creates sockets without attempts.
    ///
    /// - Parameters:
    ///   - platform: The probes.
    ///   - port: The port that the service is to listen on.
    ///   - speed: How many seconds of the scenario pass in one real second.
    /// - Throws: ``ServiceUnderTestError`` where no port can be reserved on which nothing listens.
    init(_ platform: PlatformConditions, port: Int, speed: Double) throws(ServiceUnderTestError) {
        for kind in ProbeKind.allCases {
            guard let probe = platform.probes[kind] else { continue }
            let closed = platform.isElsewhere(probe) ? try ReservedPort() : nil
            let socket = ProbeSocket(probe, profile: platform.profile, port: port, closedPort: closed, speed: speed)
            sockets.append((kind, socket))
        }
    }

    /// The connections of the attempts under way.
    var exchanges: [Exchange] { sockets.compactMap(\.socket.exchange) }

    /// The moment at which an attempt goes on by itself; never where none does.
    var due: Duration { sockets.reduce(.never) { min($0, $1.socket.due) } }

    /// Begins an attempt of a probe.
    mutating func begin(_ kind: ProbeKind, at now: Duration) {
        for index in sockets.indices where sockets[index].kind == kind { sockets[index].socket.begin(at: now) }
    }

    /// Drops the attempt of a probe that is under way.
    mutating func abandon(_ kind: ProbeKind) {
        for index in sockets.indices where sockets[index].kind == kind { sockets[index].socket.abandon() }
    }

    /// Drops all attempts.
    mutating func abandonAll() {
        for index in sockets.indices { sockets[index].socket.abandon() }
    }

    /// Goes on with the attempts under way.
    ///
    /// - Returns: What an attempt saw, where that is its end; the others are to be asked for again.
    mutating func advance(at now: Duration) -> (kind: ProbeKind, saw: ProbeSighting)? {
        for index in sockets.indices {
            if let saw = sockets[index].socket.advance(at: now) { return (sockets[index].kind, saw) }
        }
        return nil
    }
}

extension PlatformConditions {
    /// Whether a probe asks at another port than the container's, or at none.
    func isElsewhere(_ probe: ProbeConfiguration) -> Bool {
        probe.unknownPort != nil || probe.handler.port.map { $0 != profile.containerPort } ?? false
    }

    /// The probe by which it shows when an instance could get traffic: startup, else readiness.
    var deciding: ProbeConfiguration { probes.startup ?? probes.readiness ?? probe.value }
}
