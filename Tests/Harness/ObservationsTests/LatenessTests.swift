import Observations
import Testing

struct LatenessTests {
    @Test("lateness adds up, and by a moment it is what the interval around it brought")
    func addsUp() {
        var lateness = Lateness()
        #expect(lateness.total == .zero)
        #expect(lateness.total(by: .seconds(5)) == .zero)
        lateness.add(.milliseconds(100), by: .seconds(2))
        lateness.add(.zero, by: .seconds(4))
        lateness.add(.milliseconds(50), by: .seconds(6))
        #expect(lateness.total == .milliseconds(150))
        #expect(lateness.total(by: .seconds(1)) == .milliseconds(100))
        #expect(lateness.total(by: .seconds(3)) == .milliseconds(100))
        #expect(lateness.total(by: .seconds(5)) == .milliseconds(150))
        #expect(lateness.total(by: .seconds(60)) == .milliseconds(150))
    }

    @Test(
        "where a service listens instead is told with what to do",
        arguments: [
            ([("127.0.0.1", 8080)], "on 127.0.0.1:8080 alone"), ([("::1", 8080)], "on [::1]:8080 alone"),
            ([("0.0.0.0", 9000)], "not on port 8080"), ([("::", 8080)], "did not accept"),
        ] as [([(String, Int)], String)]
    )
    func misplaced(sockets: [(String, Int)], text: String) throws {
        let service = try #require(
            MisplacedService(port: 8080, sockets: sockets.map { .init(address: $0.0, port: $0.1) })
        )
        #expect(service.explanation.contains(text))
        #expect(MisplacedService(port: 8080, sockets: []) == nil)
    }
}
