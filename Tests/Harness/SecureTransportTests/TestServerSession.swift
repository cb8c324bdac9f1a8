import COpenSSL

/// The server's side of one connection over TLS, in memory; it answers `pong` to the first bytes.
///
/// `Sendable` because each one is used by one connection's event loop, or by one test, alone.
final class TestServerSession: @unchecked Sendable {
    private let session: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private(set) var received: [UInt8] = []

    /// Prepares a session.
    ///
    /// - Parameters:
    ///   - certificate: What it shows.
    ///   - chain: Who vouches for that, without the authority that the client trusts.
    init(showing certificate: TestCertificate, chain: [TestCertificate] = []) {
        guard let context = SSL_CTX_new(TLS_server_method()), let incoming = BIO_new(BIO_s_mem()),
            let outgoing = BIO_new(BIO_s_mem())
        else { preconditionFailure("no context") }
        defer { SSL_CTX_free(context) }
        precondition(SSL_CTX_use_certificate(context, certificate.pointer) == 1)
        precondition(SSL_CTX_use_PrivateKey(context, certificate.key) == 1)
        for link in chain {
            X509_up_ref(link.pointer)
            precondition(
                SSL_CTX_ctrl(context, SSL_CTRL_EXTRA_CHAIN_CERT, 0, UnsafeMutableRawPointer(link.pointer)) == 1
            )
        }
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, count, offered, length, _ in
                guard let offered, length > 0 else { return SSL_TLSEXT_ERR_NOACK }
                chosen?.pointee = offered + 1
                count?.pointee = offered[0]
                return SSL_TLSEXT_ERR_OK
            },
            nil
        )
        guard let session = SSL_new(context) else { preconditionFailure("no session") }
        coldstart_bio_is_never_at_its_end(incoming)
        coldstart_bio_is_never_at_its_end(outgoing)
        SSL_set_bio(session, incoming, outgoing)
        SSL_set_accept_state(session)
        self.session = session
        self.incoming = incoming
        self.outgoing = outgoing
    }

    deinit { SSL_free(session) }

    /// Takes the client's bytes.
    ///
    /// - Returns: What goes back; and whether the client's first bytes were answered.
    func advance(with bytes: [UInt8]) -> (output: [UInt8], hasAnswered: Bool) {
        ERR_clear_error()
        if !bytes.isEmpty { BIO_write(incoming, bytes, Int32(bytes.count)) }
        let before = received.count
        if SSL_do_handshake(session) == 1 {
            var part = [UInt8](repeating: 0, count: 1 << 14)
            while case let count = SSL_read(session, &part, Int32(part.count)), count > 0 {
                received += part[..<Int(count)]
            }
            if before == 0, !received.isEmpty { SSL_write(session, "pong", 4) }
        }
        ERR_clear_error()
        return (takeOutput(), !received.isEmpty)
    }

    /// Sends `close_notify` (RFC 8446, section 6.1).
    func close() -> [UInt8] {
        SSL_shutdown(session)
        return takeOutput()
    }

    /// The name that the client indicated, `nil` where it indicated none.
    var indicatedName: String? {
        SSL_get_servername(session, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }

    /// The protocol that the client offered first (RFC 7301).
    var chosenProtocol: String {
        var text: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(session, &text, &count)
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
    }

    private func takeOutput() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: coldstart_bio_pending(outgoing))
        if !bytes.isEmpty { BIO_read(outgoing, &bytes, Int32(bytes.count)) }
        return bytes
    }
}
