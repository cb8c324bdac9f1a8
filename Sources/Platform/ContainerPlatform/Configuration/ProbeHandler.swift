/// The question a probe asks the container.
///
/// The kinds differ in more than the protocol: see ``StartupProbe`` and ``RedialBackOff``.
package enum ProbeHandler: Hashable, Sendable, Codable {
    /// Opens a TCP connection; no port means the container port.
    case tcp(port: Int?)
    /// Sends an HTTP/1 `GET`; 2xx and 3xx are success. No port means the container port.
    case http(path: String, port: Int?)
    /// Calls `grpc.health.v1.Health/Check` over HTTP/2 without TLS; the answer `SERVING` alone is success.
    ///
    /// An empty name asks about the server as a whole; what any other means is the server's to say. No port means the
    /// container port.
    case grpc(service: String, port: Int?)

    /// The probe type as the platform's log writes it; the one of gRPC has not been seen in any log.
    package var logName: String {
        switch self {
        case .tcp: "TCP"
        case .http: "HTTP"
        case .grpc: "GRPC"
        }
    }

    /// The name of the handler's object in a service's YAML.
    package var fieldName: String {
        switch self {
        case .tcp: "tcpSocket"
        case .http: "httpGet"
        case .grpc: "grpc"
        }
    }

    /// The port as configured, absent for the container port.
    package var port: Int? {
        switch self {
        case .tcp(let port), .http(_, let port), .grpc(_, let port): port
        }
    }

    /// The path of an HTTP probe.
    package var path: String? { if case .http(let path, _) = self { path } else { nil } }

    /// The service that a gRPC probe asks about, empty for the server as a whole.
    package var service: String? { if case .grpc(let service, _) = self { service } else { nil } }

    /// Whether a connection is all that is asked for.
    package var onlyConnects: Bool { if case .tcp = self { true } else { false } }
}
