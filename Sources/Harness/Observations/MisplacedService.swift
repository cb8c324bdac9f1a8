/// A service that listens, but not where the platform asks it.
package struct MisplacedService: Hashable, Sendable {
    /// A socket that listens for TCP connections.
    package struct Socket: Hashable, Sendable, Codable {
        /// The address as numbers, such as `127.0.0.1` or `::`.
        package let address: String
        /// The port.
        package let port: Int

        /// Creates a socket.
        package init(address: String, port: Int) {
            self.address = address
            self.port = port
        }

        /// The address and the port in one.
        var text: String { (address.contains(":") ? "[\(address)]" : address) + ":\(port)" }

        /// Whether only this machine itself can connect.
        package var isLoopback: Bool {
            ["127.", "::ffff:127."].contains(where: address.hasPrefix) || address == "::1"
        }
    }

    /// The port that the variable `PORT` named.
    package let port: Int
    /// Where the processes of the service's group listened.
    package let sockets: [Socket]

    /// Creates an observation; `nil` where nothing listened at all.
    package init?(port: Int, sockets: [Socket]) {
        guard !sockets.isEmpty else { return nil }
        self.port = port
        self.sockets = sockets
    }

    /// What is wrong, and what to do.
    package var explanation: String {
        let places = sockets.map(\.text).joined(separator: ", ")
        guard let own = sockets.first(where: { $0.port == port }) else {
            return "the service listens on \(places), and not on port \(port), which the variable PORT names"
        }
        return own.isLoopback
            ? "the service listens on \(places) alone, which the platform cannot reach: let it listen on 0.0.0.0"
            : "the service listens on \(places), where it did not accept the platform's connections"
    }
}
