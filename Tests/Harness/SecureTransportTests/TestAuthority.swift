/// A certificate of its own authority for `localhost` and 127.0.0.1, made for these tests and trusted by nobody else.
enum TestAuthority {
    /// The certificate.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUbNdWsFt38oUIfiZr+wXCZ9l9PqgwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzExMTMwM1oYDzIxMjYxMDMw
        MTExMzAzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQlftwGnUpM+au7MCidpWhWhbwYY1c1WprjPfX+O09bwMpd+pcG5bGT
        JK4PR8GpUJbw+0Rb3AKJ2t0wJs5OFYeho28wbTAdBgNVHQ4EFgQUTAe4N3x+Q0UN
        gG56H37KKiXHkRowHwYDVR0jBBgwFoAUTAe4N3x+Q0UNgG56H37KKiXHkRowDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSAAwRQIhAJx5i4cWfCXBHI15csd1Ea/zPBZBPteT0ML5fBpNXPzfAiBZ
        mRKyN3LJawR+GX4l6rU6QMEjZdDuBxJv3dtJv5z8xw==
        -----END CERTIFICATE-----
        """

    /// Its key, which protects nothing.
    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwnXsQ7n/KILBPae5
        toC3jccKiIT2XTqFM7zSPtI5nv6hRANCAAQlftwGnUpM+au7MCidpWhWhbwYY1c1
        WprjPfX+O09bwMpd+pcG5bGTJK4PR8GpUJbw+0Rb3AKJ2t0wJs5OFYeh
        -----END PRIVATE KEY-----
        """
}
