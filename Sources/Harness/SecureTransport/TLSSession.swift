import COpenSSL

/// A client's side of one connection over TLS: bytes of the network in and out, bytes of the caller out and in.
///
/// It opens no socket and waits for nothing: OpenSSL reads from one memory BIO and writes to another. The one owner of
/// its `SSL`; used by one task at a time.
final class TLSSession {
    private let session: OpaquePointer
    /// What came from the network and was not yet read; owned by the session.
    private let incoming: OpaquePointer
    /// What is to go to the network; owned by the session.
    private let outgoing: OpaquePointer
    private let host: String
    private var unsent: [UInt8] = []

    /// Whether the handshake is done.
    private(set) var isOpen = false
    /// Whether the peer has sent `close_notify`.
    private(set) var isClosed = false

    /// Prepares a session; nothing is said before ``advance(with:)``.
    ///
    /// - Parameters:
    ///   - context: What is trusted.
    ///   - host: A name (in ASCII, as in DNS: RFC 5890's A-labels) or address that the peer's certificate must hold
    ///     (RFC 9110, section 4.3.4). A name is indicated to the peer (RFC 6066, section 3); an address is not.
    /// - Throws: ``TLSFailure`` where the host can be no name.
    init(context: TLSContext, host: String) throws(TLSFailure) {
        guard let session = SSL_new(context.pointer), let incoming = BIO_new(BIO_s_mem()),
            let outgoing = BIO_new(BIO_s_mem())
        else { throw TLSFailure(reason: .other(ERR_get_error()), host: host) }
        coldstart_bio_is_never_at_its_end(incoming)
        coldstart_bio_is_never_at_its_end(outgoing)
        SSL_set_bio(session, incoming, outgoing)
        SSL_set_connect_state(session)
        self.session = session
        self.incoming = incoming
        self.outgoing = outgoing
        self.host = host
        let isAddress = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), String(host.prefix { $0 != "%" })) == 1
        if !isAddress {
            // The dot that ends an absolute name is part of neither certificates nor indications.
            let name = host.hasSuffix(".") ? String(host.dropLast()) : host
            SSL_set_hostflags(session, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            guard SSL_set1_host(session, name) == 1, coldstart_ssl_set_server_name(session, name) == 1 else {
                throw TLSFailure(of: session, host: host)
            }
        }
        let protocols = [UInt8(8)] + Array("http/1.1".utf8)
        guard SSL_set_alpn_protos(session, protocols, UInt32(protocols.count)) == 0 else {
            throw TLSFailure(of: session, host: host)
        }
    }

    deinit { SSL_free(session) }

    /// Sends bytes once the handshake is done; they are in ``takeOutput()`` after the next ``advance(with:)``.
    func send(_ bytes: [UInt8]) { unsent += bytes }

    /// Takes what came from the network and goes as far as it allows.
    ///
    /// - Parameter bytes: The bytes, none to begin with.
    /// - Returns: What the peer said, decrypted; empty during the handshake.
    /// - Throws: ``TLSFailure``; ``takeOutput()`` then holds the alert for the peer.
    func advance(with bytes: [UInt8]) throws(TLSFailure) -> [UInt8] {
        ERR_clear_error()
        if !bytes.isEmpty { BIO_write(incoming, bytes, Int32(bytes.count)) }
        if !isOpen {
            let result = SSL_do_handshake(session)
            guard result == 1 else {
                guard SSL_get_error(session, result) == SSL_ERROR_WANT_READ else {
                    throw TLSFailure(of: session, host: host)
                }
                return []
            }
            isOpen = true
        }
        if !unsent.isEmpty {
            // A memory BIO takes all that is written.
            guard SSL_write(session, unsent, Int32(unsent.count)) == unsent.count else {
                throw TLSFailure(of: session, host: host)
            }
            unsent = []
        }
        return try receiveAll()
    }

    private func receiveAll() throws(TLSFailure) -> [UInt8] {
        var received: [UInt8] = []
        // The most that one record holds (RFC 8446, section 5.1).
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = SSL_read(session, &part, Int32(part.count))
            if count > 0 {
                received += part[..<Int(count)]
                continue
            }
            switch SSL_get_error(session, count) {
            case SSL_ERROR_WANT_READ: return received
            case SSL_ERROR_ZERO_RETURN:
                isClosed = true
                return received
            default: throw TLSFailure(of: session, host: host)
            }
        }
    }

    /// Writes `close_notify`; it is in ``takeOutput()`` afterwards.
    func close() {
        if isOpen { SSL_shutdown(session) }
    }

    /// Takes the bytes that are to go to the network.
    func takeOutput() -> [UInt8] {
        let count = coldstart_bio_pending(outgoing)
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, Int(BIO_read(outgoing, buffer.baseAddress, Int32(count))))
        }
    }
}
