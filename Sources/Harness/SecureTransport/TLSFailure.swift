import COpenSSL

/// Why a connection over TLS cannot be, decided by the codes of OpenSSL.
struct TLSFailure: Error, Hashable, CustomStringConvertible {
    /// What was found.
    enum Reason: Hashable {
        /// The file of authorities cannot be read, or holds none.
        case authorities(file: String)
        /// The peer's certificate was not accepted: one of OpenSSL's `X509_V_ERR_…`.
        case certificate(Int32)
        /// The peer does not speak TLS.
        case notTLS
        /// The peer closed the connection before the handshake was done.
        case closedEarly
        /// The peer ended the handshake or the connection with an alert (RFC 8446, section 6).
        case alert(Int32)
        /// The connection ended without the alert `close_notify`: what was received may not be all (RFC 8446, section
        /// 6.1).
        case truncated
        /// Anything else: a packed error of OpenSSL.
        case other(UInt)
    }

    /// What was found.
    let reason: Reason
    /// The host that was asked for, empty where none was yet.
    let host: String

    var description: String {
        switch reason {
        case .authorities(let file):
            "the certificates in \(file) cannot be read: expected a readable PEM file with at least one certificate"
        case .certificate(let code): "the certificate of \(host) is not accepted: \(Self.advice(for: code, host))"
        case .notTLS: "\(host) does not answer in TLS; ask it by http://, or name the port that speaks TLS"
        case .closedEarly: "\(host) closed the connection before TLS was agreed on; its own log says more"
        case .alert(let number):
            "\(host) refused TLS: alert \(number), \(Self.name(ofAlert: number)); its own log says more"
        case .truncated: "the connection was closed without TLS close_notify, so its end may be missing"
        case .other(let code):
            "TLS failed: \(ERR_reason_error_string(code).map { String(cString: $0) } ?? "no reason given")"
                + " (OpenSSL's error \(String(code, radix: 16)))"
        }
    }

    /// What a verification error means and what to do about it.
    private static func advice(for code: Int32, _ host: String) -> String {
        switch code {
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            "it does not name \(host); ask by a name that it holds"
        case X509_V_ERR_CERT_HAS_EXPIRED: "it, or one that vouches for it, has expired; renew it"
        case X509_V_ERR_CERT_NOT_YET_VALID:
            "it, or one that vouches for it, is not valid yet; look at this machine's clock"
        case X509_V_ERR_CERT_REVOKED: "it, or one that vouches for it, was revoked; replace it"
        case X509_V_ERR_CERT_REJECTED, X509_V_ERR_CERT_UNTRUSTED:
            "its authority is marked as not to be trusted for servers"
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            "nobody trusted here vouches for it; name its authority's PEM file in SSL_CERT_FILE"
        default:
            X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "error \(code)"
        }
    }

    private static func name(ofAlert number: Int32) -> String {
        SSL_alert_desc_string_long(number).map { String(cString: $0) } ?? "unknown"
    }
}

extension TLSFailure {
    /// Reads why the last operation of a session failed; this empties the thread's queue of errors.
    ///
    /// - Parameters:
    ///   - session: OpenSSL's session, just after the operation and on the same thread.
    ///   - host: The host that was asked for.
    init(of session: OpaquePointer, host: String) {
        self.host = host
        let verification = Int32(truncatingIfNeeded: SSL_get_verify_result(session))
        let code = ERR_get_error()
        ERR_clear_error()
        let detail = ERR_GET_REASON(code)
        switch detail {
        case _ where verification != X509_V_OK: reason = .certificate(verification)
        case _ where code == 0, SSL_R_UNEXPECTED_EOF_WHILE_READING: reason = .truncated
        case SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST: reason = .notTLS
        case SSL_AD_REASON_OFFSET..<(SSL_AD_REASON_OFFSET + 256): reason = .alert(detail - SSL_AD_REASON_OFFSET)
        default: reason = .other(code)
        }
    }
}
