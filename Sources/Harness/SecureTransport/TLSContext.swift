import COpenSSL

/// What sessions trust and offer: TLS 1.2 or newer, HTTP/1.1, the system's authorities and those of one file.
///
/// The one owner of OpenSSL's `SSL_CTX`. It is `Sendable` because it is configured in the initializer alone; afterwards
/// it is only handed to `SSL_new`, which may be called from several threads (openssl-threads(7)).
final class TLSContext: @unchecked Sendable {
    /// OpenSSL's `SSL_CTX`.
    let pointer: OpaquePointer

    /// Creates a context.
    ///
    /// The system's authorities are OpenSSL's own: its default file and folder, or those that `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR` name (SSL_CTX_set_default_verify_paths(3)).
    ///
    /// - Parameter authorities: A PEM file of further authorities; a revocation list in it counts as well. `nil` for none.
    /// - Throws: ``TLSFailure`` where the file cannot be read.
    init(trusting authorities: String?) throws(TLSFailure) {
        guard let pointer = SSL_CTX_new(TLS_client_method()) else {
            throw TLSFailure(reason: .other(ERR_get_error()), host: "")
        }
        self.pointer = pointer
        // RFC 8996 deprecates what came before TLS 1.2.
        _ = coldstart_ssl_ctx_set_min_version(pointer, TLS1_2_VERSION)
        SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
        _ = SSL_CTX_set_default_verify_paths(pointer)
        guard let authorities else { return }
        ERR_clear_error()
        guard SSL_CTX_load_verify_file(pointer, authorities) == 1 else {
            ERR_clear_error()
            throw TLSFailure(reason: .authorities(file: authorities), host: "")
        }
        let store = SSL_CTX_get_cert_store(pointer)
        if coldstart_store_revocation_lists(store) > 0 { coldstart_store_check_revocation_lists(store) }
    }

    deinit { SSL_CTX_free(pointer) }
}
