import ServiceUnderTest
import Testing

struct ServiceURLTests {
    @Test(
        "an address is taken apart",
        arguments: [
            ("http://movies", "movies", 80, ""), ("HTTP://movies:8080/", "movies", 8080, ""),
            ("http://[::1]:9/a/b", "::1", 9, "/a/b"), ("http://10.0.0.1/api/", "10.0.0.1", 80, "/api"),
        ] as [(String, String, Int, String)]
    )
    func understood(_ text: String, _ host: String, _ port: Int, _ prefix: String) throws {
        let url = try ServiceURL(text)
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.prefix == prefix)
    }

    @Test(
        "what is no address of a service is refused, and never shown",
        arguments: [
            "", "movies", "ftp://movies", "http://", "http://:80", "http://movies:", "http://movies:0",
            "http://movies:65536",
            "http://me:hunter22@movies", "http://movies?x=hunter22", "http://movies/#x", "http://fil ms", "http://[::1",
            "http://[::1]x",
            "http://movies:+80", "http://movies\u{e9}",
        ]
    )
    func refused(_ text: String) {
        #expect {
            _ = try ServiceURL(text)
        } throws: { error in
            let message = "\(error)"
            return message.hasPrefix("the service's address is not understood") && !message.contains("hunter22")
        }
    }

    @Test("https goes to its own port unless another is written")
    func secure() throws {
        let url = try ServiceURL("https://movies.run.app/v1/")
        #expect(url.isSecure && url.port == 443)
        #expect(url.description == "https://movies.run.app:443/v1")
        #expect(try ServiceURL("https://movies.run.app:8443").port == 8443)
    }
}
