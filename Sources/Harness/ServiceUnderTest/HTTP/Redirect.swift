/// Where a redirect on the same host leads.
struct Redirect: Hashable, Sendable {
    /// The most redirects that a prober follows (Go's client, which the kubelet uses).
    static let limit = 10

    /// The port.
    var port: Int
    /// The path with its query.
    var path: String

    /// A place on the instance itself.
    init(port: Int, path: String) {
        self.port = port
        self.path = path
    }

    /// Reads the field `Location`; fails where it leads to another host, or to nothing that plain HTTP can ask.
    ///
    /// - Parameters:
    ///   - location: An address, or a path from the root or from the folder of the last one.
    ///   - host: The host that was asked.
    ///   - port: The port that was asked.
    init?(_ location: String, host: String, port: Int) {
        self.port = port
        guard let scheme = location.firstRange(of: "://") else {
            guard !location.hasPrefix("//") else { return nil }
            path = location.hasPrefix("/") ? location : "/" + location
            return
        }
        guard location[..<scheme.lowerBound].lowercased() == "http" else { return nil }
        let rest = location[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.first.map(String.init) == host, parts.count <= 2 else { return nil }
        if parts.count == 2 {
            guard let stated = Int(parts[1]) else { return nil }
            self.port = stated
        } else {
            self.port = 80
        }
        let found = rest[authority.endIndex...]
        path = found.isEmpty ? "/" : found.hasPrefix("/") ? String(found) : "/" + found
    }
}
