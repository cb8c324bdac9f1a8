/// What the input shows of a probe.
struct RecordedProbe: Hashable, Sendable {
    /// Whether it is the one that the platform adds by itself.
    var isDefault = false
    /// `TCP`, `HTTP` or `GRPC`.
    var handler: String
    /// The path of an HTTP probe.
    var path: String?
    /// The port that it asks.
    var port: Int?
    /// The service that a gRPC probe asks about, empty for the server as a whole; `nil` where that is not known.
    var service: String?
    /// How many attempts there were.
    var attempts: Int?
    /// The numbers of the specification; `nil` where the input does not show it.
    var specification: Specification?

    /// The numbers of a probe's specification.
    struct Specification: Hashable, Sendable {
        /// Seconds to the first attempt.
        let delay: Int
        /// Seconds that an attempt may take.
        let timeout: Int
        /// Seconds between attempts.
        let period: Int
        /// The failures in a row that decide.
        let threshold: Int
    }

    /// Whether it calls a service of gRPC.
    var isGRPC: Bool { handler == "GRPC" }

    /// Whether an attempt is one try, on Cloud Run; a TCP attempt goes on until its timeout.
    var asksOnce: Bool { handler != "TCP" }

    /// Whole seconds between attempts of which the last fell on a moment.
    ///
    /// - Parameter seconds: The moment, since the start of the instance.
    /// - Returns: The seconds, at most 240; `nil` where there were no two attempts.
    func period(before seconds: Double) -> Int? {
        guard let attempts, attempts > 1 else { return nil }
        return max(1, min(240, Int(seconds) / (attempts - 1)))
    }

    /// The ports that there are, and the most attempts that a probe can have made, by far.
    private static let ports = 1...65_535
    private static let attemptNumbers = 1...100_000

    /// Reads a line of Cloud Run; a number that none can be is none.
    init(_ sentence: ProbeSentence) {
        isDefault = sentence.isDefault
        handler = sentence.handler
        path = sentence.path
        port = sentence.port.flatMap { Self.ports.contains($0) ? $0 : nil }
        attempts = sentence.attempts.flatMap { Self.attemptNumbers.contains($0) ? $0 : nil }
    }

    /// Reads what `kubectl describe` prints, such as `http-get http://:8080/health delay=0s timeout=1s period=10s #success=1
    /// #failure=3`; the probe without numbers for anything else.
    init(described text: String) {
        handler = text.contains("tcp-socket") ? "TCP" : text.contains("grpc <pod>") ? "GRPC" : "HTTP"
        if handler == "HTTP", let end = text.end(of: "://") {
            let address = text[end...].prefix { !$0.isWhitespace }
            path = address.firstIndex(of: "/").map { String(address[$0...]) }
            port = address.firstIndex(of: ":").flatMap { Int(address[$0...].dropFirst().prefix { $0 != "/" }) }
        } else if let match = text.firstMatch(of: /grpc <pod>:([0-9]*) ([^ ]*) delay=/) {
            port = Int(match.1)
            service = String(match.2)
        } else {
            port = text.number(after: "tcp-socket :")
        }
        port = port.flatMap { Self.ports.contains($0) ? $0 : nil }
        guard let delay = text.number(after: "delay="), let timeout = text.number(after: "timeout="),
            let period = text.number(after: "period="), let threshold = text.number(after: "#failure=")
        else { return }
        let known = 0...86_400
        guard [delay, timeout, period, threshold].allSatisfy(known.contains), period > 0, threshold > 0 else { return }
        specification = Specification(delay: delay, timeout: max(1, timeout), period: period, threshold: threshold)
    }

    /// A probe of which nothing is known.
    static let unknown = RecordedProbe(described: "")
}
