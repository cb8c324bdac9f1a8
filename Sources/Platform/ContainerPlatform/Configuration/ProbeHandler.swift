/// The question a startup probe asks the container.
///
/// Cloud Run knows a third kind, gRPC, that this package does not simulate. The two kinds here differ in more than the
/// protocol: see ``StartupProbe``.
package enum ProbeHandler: Hashable, Sendable, Codable {
    /// Opens a TCP connection; no port means the container port.
    case tcp(port: Int?)
    /// Sends an HTTP/1 `GET`; 2xx and 3xx are success. No port means the container port.
    case http(path: String, port: Int?)

    /// The probe type as the platform's log writes it.
    package var logName: String {
        switch self {
        case .tcp: "TCP"
        case .http: "HTTP"
        }
    }

    /// The port as configured, absent for the container port.
    package var port: Int? {
        switch self {
        case .tcp(let port), .http(_, let port): port
        }
    }

    /// The path of an HTTP probe.
    package var path: String? {
        switch self {
        case .tcp: nil
        case .http(let path, _): path
        }
    }
}
