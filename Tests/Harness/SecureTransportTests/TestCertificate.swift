import COpenSSL

/// A certificate with its key (Ed25519, RFC 8410), made as a test runs: by itself, or by the one that vouches for it.
///
/// `Sendable` because it is written in the initializer and in ``reject()`` before the test hands it on, and then only read.
final class TestCertificate: @unchecked Sendable {
    let pointer: OpaquePointer
    let key: OpaquePointer

    /// Makes a certificate.
    ///
    /// - Parameters:
    ///   - name: Its common name.
    ///   - names: Its alternative names as OpenSSL writes them, for example `DNS:localhost,IP:127.0.0.1`.
    ///   - issuer: Who vouches for it, itself where `nil`.
    ///   - isAuthority: Whether it may vouch for others.
    ///   - validity: From when to when it is valid, in seconds from now.
    ///   - serial: Its number.
    init(
        _ name: String,
        names: String? = nil,
        issuer: TestCertificate? = nil,
        isAuthority: Bool = false,
        validity: ClosedRange<Int> = -3_600...3_600,
        serial: Int = 1
    ) {
        let generator = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil)
        defer { EVP_PKEY_CTX_free(generator) }
        var key: OpaquePointer?
        precondition(EVP_PKEY_keygen_init(generator) == 1 && EVP_PKEY_keygen(generator, &key) == 1)
        guard let key, let pointer = X509_new() else { preconditionFailure("no key or no certificate") }
        self.key = key
        self.pointer = pointer
        X509_set_version(pointer, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(pointer), serial)
        X509_gmtime_adj(X509_getm_notBefore(pointer), validity.lowerBound)
        X509_gmtime_adj(X509_getm_notAfter(pointer), validity.upperBound)
        X509_set_pubkey(pointer, key)
        // 0x1000 is MBSTRING_UTF8.
        X509_NAME_add_entry_by_txt(X509_get_subject_name(pointer), "CN", 0x1000, name, -1, -1, 0)
        X509_set_issuer_name(pointer, X509_get_subject_name(issuer?.pointer ?? pointer))
        add(NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE")
        if let names { add(NID_subject_alt_name, names) }
        // Ed25519 signs without a digest of its own.
        precondition(X509_sign(pointer, issuer?.key ?? key, nil) > 0)
    }

    deinit {
        X509_free(pointer)
        EVP_PKEY_free(key)
    }

    private func add(_ kind: Int32, _ value: String) {
        let part = X509V3_EXT_conf_nid(nil, nil, kind, value)
        defer { X509_EXTENSION_free(part) }
        precondition(X509_add_ext(pointer, part, -1) == 1, "\(value)")
    }

    /// Marks it as not to be trusted for servers (x509(1), `-addreject serverAuth`).
    func reject() { precondition(X509_add1_reject_object(pointer, OBJ_nid2obj(NID_server_auth)) == 1) }

    /// The certificate in PEM, with its marks of trust.
    var pem: String { Self.text { PEM_write_bio_X509_AUX($0, pointer) } }

    /// A revocation list of this authority in PEM, which names one number.
    func revocationList(of serial: Int) -> String {
        guard let list = X509_CRL_new(), let entry = X509_REVOKED_new() else { preconditionFailure("no list") }
        defer { X509_CRL_free(list) }
        X509_CRL_set_version(list, 1)
        X509_CRL_set_issuer_name(list, X509_get_subject_name(pointer))
        let start = X509_gmtime_adj(nil, -60)
        let end = X509_gmtime_adj(nil, 3_600)
        let number = ASN1_INTEGER_new()
        defer {
            ASN1_STRING_free(start)
            ASN1_STRING_free(end)
            ASN1_INTEGER_free(number)
        }
        X509_CRL_set1_lastUpdate(list, start)
        X509_CRL_set1_nextUpdate(list, end)
        ASN1_INTEGER_set(number, serial)
        X509_REVOKED_set_serialNumber(entry, number)
        X509_REVOKED_set_revocationDate(entry, start)
        X509_CRL_add0_revoked(list, entry)
        precondition(X509_CRL_sign(list, key, nil) > 0)
        return Self.text { PEM_write_bio_X509_CRL($0, list) }
    }

    private static func text(_ write: (OpaquePointer) -> Int32) -> String {
        guard let memory = BIO_new(BIO_s_mem()) else { preconditionFailure("no memory") }
        defer { BIO_free(memory) }
        precondition(write(memory) == 1)
        var bytes = [UInt8](repeating: 0, count: coldstart_bio_pending(memory))
        BIO_read(memory, &bytes, Int32(bytes.count))
        return String(decoding: bytes, as: UTF8.self)
    }
}
