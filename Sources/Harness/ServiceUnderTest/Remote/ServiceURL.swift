#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The address of a deployed service: `http[s]://host[:port][/path]`.
package struct ServiceURL: Hashable, Sendable, CustomStringConvertible {
    /// The host as written, without brackets.
    package let host: String
    /// Whether the service is spoken to over TLS.
    package let isSecure: Bool
    /// The port; where none is written 80, or 443 over TLS.
    package let port: Int
    /// The path that precedes the service's own, empty or `/…` without a slash at its end.
    package let prefix: String

    /// Parses an address.
    ///
    /// - Throws: ``ServiceUnderTestError`` (`badAddress`); a name and password in the address are refused without being
    ///   shown.
    package init(_ text: String) throws(ServiceUnderTestError) {
        func mistake(_ reason: String) -> ServiceUnderTestError {
            ServiceUnderTestError(.badAddress, "the service's address is not understood: \(reason)")
        }
        let expected = "write http://host:port or https://host"
        guard let separator = text.range(of: "://") else { throw mistake("it has no scheme; \(expected)") }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw mistake("its scheme is neither http nor https; \(expected)")
        }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest[authority.endIndex...]
        guard !authority.contains("@") else { throw mistake("it holds a user; \(expected)") }
        guard !path.contains("?"), !path.contains("#"),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw mistake("it holds a query, a fragment or a character that no address has; \(expected)") }
        let (host, port) = try Self.split(authority, mistake)
        self.host = host
        isSecure = scheme == "https"
        self.port = port ?? (isSecure ? 443 : 80)
        prefix = path.hasSuffix("/") ? String(path.dropLast()) : String(path)
    }

    private static func split(
        _ authority: Substring,
        _ mistake: (String) -> ServiceUnderTestError
    ) throws(ServiceUnderTestError) -> (String, Int?) {
        var host = authority
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw mistake("a ] is missing") }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw mistake("after ] a port is expected") }
            digits = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = authority.lastIndex(of: ":") {
            host = authority[..<colon]
            digits = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty else { throw mistake("it has no host; write http://host:port") }
        guard let digits else { return (String(host), nil) }
        guard let port = Int(digits), (1...65_535).contains(port), digits.allSatisfy(\.isNumber) else {
            throw mistake("the port is no number from 1 to 65535")
        }
        return (String(host), port)
    }

    package var description: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(shown):\(port)\(prefix)"
    }

    /// The value of the header `Host`.
    var hostHeader: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? shown : "\(shown):\(port)"
    }

    /// Looks the host up and returns its addresses in the order in which they are to be tried; blocks as long as it takes.
    ///
    /// - Returns: At least one address, in the order of RFC 6724 as the system's resolver gives them.
    /// - Throws: ``ServiceUnderTestError`` (`unreachable`).
    func resolved() throws(ServiceUnderTestError) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if os(Linux)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        var addresses: [SocketAddress] = []
        var next = code == 0 ? found : nil
        while let entry = next?.pointee {
            if let address = entry.ai_addr {
                let bytes = UnsafeRawBufferPointer(start: address, count: Int(entry.ai_addrlen))
                addresses.append(SocketAddress(bytes: Array(bytes), family: entry.ai_family))
            }
            next = entry.ai_next
        }
        guard !addresses.isEmpty else {
            let reason = code == 0 ? "it has no address" : String(cString: gai_strerror(code))
            throw ServiceUnderTestError(.unreachable, "the host \(host) is not known: \(reason)")
        }
        return addresses
    }
}

extension String {
    /// The first place of a text in this one.
    fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
