#include "COpenSSL.h"

#include <CLateLoading.h>

/* The functions of OpenSSL 3 that Coldstart calls, loaded with the first call: only a deployed service at an https:
   address needs them. libssl brings libcrypto with it, whose functions are found through it (dlsym(3)). */

static const char *const names[] = {
#ifdef __APPLE__
    "libssl.3.dylib",
    "/opt/homebrew/opt/openssl@3/lib/libssl.3.dylib",
    "/usr/local/opt/openssl@3/lib/libssl.3.dylib",
#else
    "libssl.so.3",
#endif
    NULL,
};

static const coldstart_late_library library = {names, "libssl-dev (Debian) or openssl@3 (Homebrew)"};

#define LATE(result, name, parameters, arguments) COLDSTART_LATE_FUNCTION(&library, result, name, parameters, arguments)

LATE(long, BIO_ctrl, (BIO *bp, int cmd, long larg, void *parg), (bp, cmd, larg, parg))
LATE(size_t, BIO_ctrl_pending, (BIO *b), (b))
LATE(BIO *, BIO_new, (const BIO_METHOD *type), (type))
LATE(int, BIO_read, (BIO *b, void *data, int dlen), (b, data, dlen))
LATE(const BIO_METHOD *, BIO_s_mem, (void), ())
LATE(int, BIO_write, (BIO *b, const void *data, int dlen), (b, data, dlen))
LATE(void, ERR_clear_error, (void), ())
LATE(unsigned long, ERR_get_error, (void), ())
LATE(const char *, ERR_reason_error_string, (unsigned long e), (e))
LATE(int, OPENSSL_sk_num, (const OPENSSL_STACK *sk), (sk))
LATE(void *, OPENSSL_sk_value, (const OPENSSL_STACK *sk, int index), (sk, index))
LATE(long, SSL_CTX_ctrl, (SSL_CTX *ctx, int cmd, long larg, void *parg), (ctx, cmd, larg, parg))
LATE(void, SSL_CTX_free, (SSL_CTX *ctx), (ctx))
LATE(X509_STORE *, SSL_CTX_get_cert_store, (const SSL_CTX *ctx), (ctx))
LATE(int, SSL_CTX_load_verify_file, (SSL_CTX *ctx, const char *CAfile), (ctx, CAfile))
LATE(SSL_CTX *, SSL_CTX_new, (const SSL_METHOD *meth), (meth))
LATE(int, SSL_CTX_set_default_verify_paths, (SSL_CTX *ctx), (ctx))
LATE(void, SSL_CTX_set_verify, (SSL_CTX *ctx, int mode, SSL_verify_cb callback), (ctx, mode, callback))
LATE(const char *, SSL_alert_desc_string_long, (int value), (value))
LATE(long, SSL_ctrl, (SSL *ssl, int cmd, long larg, void *parg), (ssl, cmd, larg, parg))
LATE(int, SSL_do_handshake, (SSL *s), (s))
LATE(void, SSL_free, (SSL *ssl), (ssl))
LATE(X509_VERIFY_PARAM *, SSL_get0_param, (SSL *ssl), (ssl))
LATE(int, SSL_get_error, (const SSL *s, int ret_code), (s, ret_code))
LATE(long, SSL_get_verify_result, (const SSL *ssl), (ssl))
LATE(SSL *, SSL_new, (SSL_CTX *ctx), (ctx))
LATE(int, SSL_read, (SSL *ssl, void *buf, int num), (ssl, buf, num))
LATE(int, SSL_set1_host, (SSL *s, const char *hostname), (s, hostname))
LATE(int, SSL_set_alpn_protos,
     (SSL *ssl, const unsigned char *protos, unsigned int protos_len),
     (ssl, protos, protos_len))
LATE(void, SSL_set_bio, (SSL *s, BIO *rbio, BIO *wbio), (s, rbio, wbio))
LATE(void, SSL_set_connect_state, (SSL *s), (s))
LATE(void, SSL_set_hostflags, (SSL *s, unsigned int flags), (s, flags))
LATE(int, SSL_shutdown, (SSL *s), (s))
LATE(int, SSL_write, (SSL *ssl, const void *buf, int num), (ssl, buf, num))
LATE(const SSL_METHOD *, TLS_client_method, (void), ())
LATE(X509_LOOKUP_TYPE, X509_OBJECT_get_type, (const X509_OBJECT *a), (a))
LATE(int, X509_STORE_CTX_get_error, (const X509_STORE_CTX *ctx), (ctx))
LATE(void, X509_STORE_CTX_set_error, (X509_STORE_CTX *ctx, int s), (ctx, s))
LATE(STACK_OF(X509_OBJECT) *, X509_STORE_get0_objects, (const X509_STORE *v), (v))
LATE(int, X509_STORE_set_flags, (X509_STORE *ctx, unsigned long flags), (ctx, flags))
LATE(void, X509_STORE_set_verify_cb, (X509_STORE *ctx, X509_STORE_CTX_verify_cb verify_cb), (ctx, verify_cb))
LATE(int, X509_VERIFY_PARAM_set1_ip_asc, (X509_VERIFY_PARAM *param, const char *ipasc), (param, ipasc))
LATE(const char *, X509_verify_cert_error_string, (long n), (n))

/* With these the tests make certificates, revocation lists and the other side of a connection. */

LATE(void, ASN1_INTEGER_free, (ASN1_INTEGER *a), (a))
LATE(ASN1_INTEGER *, ASN1_INTEGER_new, (void), ())
LATE(int, ASN1_INTEGER_set, (ASN1_INTEGER *a, long v), (a, v))
LATE(void, ASN1_STRING_free, (ASN1_STRING *a), (a))
LATE(int, BIO_free, (BIO *a), (a))
LATE(void, EVP_PKEY_CTX_free, (EVP_PKEY_CTX *ctx), (ctx))
LATE(EVP_PKEY_CTX *, EVP_PKEY_CTX_new_id, (int id, ENGINE *e), (id, e))
LATE(void, EVP_PKEY_free, (EVP_PKEY *pkey), (pkey))
LATE(int, EVP_PKEY_keygen, (EVP_PKEY_CTX *ctx, EVP_PKEY **ppkey), (ctx, ppkey))
LATE(int, EVP_PKEY_keygen_init, (EVP_PKEY_CTX *ctx), (ctx))
LATE(ASN1_OBJECT *, OBJ_nid2obj, (int n), (n))
LATE(int, PEM_write_bio_X509_AUX, (BIO *out, const X509 *x), (out, x))
LATE(int, PEM_write_bio_X509_CRL, (BIO *out, const X509_CRL *x), (out, x))
LATE(void, SSL_CTX_set_alpn_select_cb, (SSL_CTX *ctx, SSL_CTX_alpn_select_cb_func cb, void *arg), (ctx, cb, arg))
LATE(int, SSL_CTX_use_PrivateKey, (SSL_CTX *ctx, EVP_PKEY *pkey), (ctx, pkey))
LATE(int, SSL_CTX_use_certificate, (SSL_CTX *ctx, X509 *x), (ctx, x))
LATE(void, SSL_get0_alpn_selected, (const SSL *ssl, const unsigned char **data, unsigned int *len), (ssl, data, len))
LATE(const char *, SSL_get_servername, (const SSL *s, const int type), (s, type))
LATE(void, SSL_set_accept_state, (SSL *s), (s))
LATE(const SSL_METHOD *, TLS_server_method, (void), ())
LATE(X509_EXTENSION *, X509V3_EXT_conf_nid,
     (LHASH_OF(CONF_VALUE) *conf, X509V3_CTX *ctx, int ext_nid, const char *value),
     (conf, ctx, ext_nid, value))
LATE(int, X509_CRL_add0_revoked, (X509_CRL *crl, X509_REVOKED *rev), (crl, rev))
LATE(void, X509_CRL_free, (X509_CRL *a), (a))
LATE(X509_CRL *, X509_CRL_new, (void), ())
LATE(int, X509_CRL_set1_lastUpdate, (X509_CRL *x, const ASN1_TIME *tm), (x, tm))
LATE(int, X509_CRL_set1_nextUpdate, (X509_CRL *x, const ASN1_TIME *tm), (x, tm))
LATE(int, X509_CRL_set_issuer_name, (X509_CRL *x, const X509_NAME *name), (x, name))
LATE(int, X509_CRL_set_version, (X509_CRL *x, long version), (x, version))
LATE(int, X509_CRL_sign, (X509_CRL *x, EVP_PKEY *pkey, const EVP_MD *md), (x, pkey, md))
LATE(void, X509_EXTENSION_free, (X509_EXTENSION *a), (a))
LATE(int, X509_NAME_add_entry_by_txt,
     (X509_NAME *name, const char *field, int type, const unsigned char *bytes, int len, int loc, int set),
     (name, field, type, bytes, len, loc, set))
LATE(X509_REVOKED *, X509_REVOKED_new, (void), ())
LATE(int, X509_REVOKED_set_revocationDate, (X509_REVOKED *r, ASN1_TIME *tm), (r, tm))
LATE(int, X509_REVOKED_set_serialNumber, (X509_REVOKED *x, ASN1_INTEGER *serial), (x, serial))
LATE(int, X509_add1_reject_object, (X509 *x, const ASN1_OBJECT *obj), (x, obj))
LATE(int, X509_add_ext, (X509 *x, X509_EXTENSION *ex, int loc), (x, ex, loc))
LATE(void, X509_free, (X509 *a), (a))
LATE(ASN1_INTEGER *, X509_get_serialNumber, (X509 *x), (x))
LATE(X509_NAME *, X509_get_subject_name, (const X509 *a), (a))
LATE(ASN1_TIME *, X509_getm_notAfter, (const X509 *x), (x))
LATE(ASN1_TIME *, X509_getm_notBefore, (const X509 *x), (x))
LATE(ASN1_TIME *, X509_gmtime_adj, (ASN1_TIME *s, long adj), (s, adj))
LATE(X509 *, X509_new, (void), ())
LATE(int, X509_set_issuer_name, (X509 *x, const X509_NAME *name), (x, name))
LATE(int, X509_set_pubkey, (X509 *x, EVP_PKEY *pkey), (x, pkey))
LATE(int, X509_set_version, (X509 *x, long version), (x, version))
LATE(int, X509_sign, (X509 *x, EVP_PKEY *pkey, const EVP_MD *md), (x, pkey, md))
LATE(int, X509_up_ref, (X509 *x), (x))
