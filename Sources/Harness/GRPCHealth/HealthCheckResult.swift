/// What a call of `grpc.health.v1.Health/Check` came to.
package enum HealthCheckResult: Hashable, Sendable {
    /// The server answered with a serving status, as its number in the protocol: 1 is `SERVING`.
    case answered(status: UInt64)
    /// The server ended the call with a status of gRPC other than 0, such as 5 (`NOT_FOUND`) or 12 (`UNIMPLEMENTED`).
    case failed(code: Int)
    /// The server does not speak HTTP/2 without TLS, or closed the connection before it had said so.
    case noConnection(reason: String)
    /// The connection was made, and what came over it is no answer of gRPC.
    case malformed(reason: String)
}
