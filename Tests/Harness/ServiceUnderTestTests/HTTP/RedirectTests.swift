import Testing

@testable import ServiceUnderTest

/// Where the kubelet follows a redirect to, and where it does not.
struct RedirectTests {
    private func target(_ location: String) -> Redirect? { Redirect(location, host: "127.0.0.2", port: 8080) }

    @Test("a path and an address on the same host are followed, whatever the port")
    func sameHost() {
        #expect(target("/ready?x=1") == Redirect(port: 8080, path: "/ready?x=1"))
        #expect(target("ready") == Redirect(port: 8080, path: "/ready"))
        #expect(target("http://127.0.0.2:9000/up") == Redirect(port: 9000, path: "/up"))
        #expect(target("HTTP://127.0.0.2") == Redirect(port: 80, path: "/"))
        #expect(target("http://127.0.0.2:8080?a") == Redirect(port: 8080, path: "/?a"))
    }

    @Test(
        "another host, another scheme and nonsense are not followed",
        arguments: [
            "http://example.com/", "//example.com/", "https://127.0.0.2/", "http://127.0.0.2:x/", "http://[::1]:1/",
        ]
    )
    func otherHost(location: String) {
        #expect(target(location) == nil)
    }
}
