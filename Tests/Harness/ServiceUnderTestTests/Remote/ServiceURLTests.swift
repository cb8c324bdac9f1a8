import ServiceUnderTest
import Testing

struct ServiceURLTests {
    @Test(
        "an address is taken apart",
        arguments: [
            ("http://films", "films", 80, ""), ("HTTP://films:8080/", "films", 8080, ""),
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
            "", "films", "ftp://films", "http://", "http://:80", "http://films:", "http://films:0",
            "http://films:65536",
            "http://me:hunter22@films", "http://films?x=hunter22", "http://films/#x", "http://fil ms", "http://[::1",
            "http://[::1]x",
            "http://films:+80", "http://films\u{e9}",
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
        let url = try ServiceURL("https://films.run.app/v1/")
        #expect(url.isSecure && url.port == 443)
        #expect(url.description == "https://films.run.app:443/v1")
        #expect(try ServiceURL("https://films.run.app:8443").port == 8443)
    }
}
