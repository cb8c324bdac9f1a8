#pragma once

#if !__has_include(<openssl/ssl.h>)
#error "openssl/ssl.h is missing: install libssl-dev (Debian) or openssl@3 (Homebrew), or run scripts/bootstrap"
#endif

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* What OpenSSL 3 defines as macros, which Swift does not see. */

static inline int coldstart_ssl_ctx_set_min_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}

static inline int coldstart_ssl_set_server_name(SSL *session, const char *name) {
    return (int)SSL_set_tlsext_host_name(session, name);
}

/* The number of bytes that a memory BIO holds. */
static inline size_t coldstart_bio_pending(BIO *bio) { return BIO_ctrl_pending(bio); }

/* An empty memory BIO asks for more instead of reporting the end of a file. */
static inline void coldstart_bio_is_never_at_its_end(BIO *bio) { BIO_set_mem_eof_return(bio, -1); }

/* The number of revocation lists among what a store trusts. */
static inline int coldstart_store_revocation_lists(X509_STORE *store) {
    STACK_OF(X509_OBJECT) *objects = X509_STORE_get0_objects(store);
    int count = 0;
    for (int i = 0; i < sk_X509_OBJECT_num(objects); i++)
        if (X509_OBJECT_get_type(sk_X509_OBJECT_value(objects, i)) == X509_LU_CRL) count++;
    return count;
}

/* Leaves certificates alone whose authority gave no revocation list, and nothing else. */
static inline int coldstart_accept_missing_revocation_list(int accepted, X509_STORE_CTX *context) {
    if (accepted || X509_STORE_CTX_get_error(context) != X509_V_ERR_UNABLE_TO_GET_CRL) return accepted;
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

static inline void coldstart_store_check_revocation_lists(X509_STORE *store) {
    X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    X509_STORE_set_verify_cb(store, coldstart_accept_missing_revocation_list);
}
