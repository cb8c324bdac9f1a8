/// The parts of a line that Cloud Run prints about a probe.
struct ProbeSentence {
    /// Whether it is the probe that the platform adds by itself.
    let isDefault: Bool
    /// `TCP`, `HTTP` or `GRPC`.
    let handler: String
    /// How many attempts there were.
    let attempts: Int?
    /// The container.
    let container: String?
    /// The port.
    let port: Int?
    /// The path of an HTTP probe.
    let path: String?
    /// Why the connection failed, such as `DEADLINE_EXCEEDED`.
    let status: String?
    /// The HTTP status that was answered.
    let answer: String?

    /// Reads a line.
    init(_ text: String) {
        isDefault = text.hasPrefix("Default ")
        handler = ["HTTP", "GRPC"].first { text.contains(" \($0) probe") } ?? "TCP"
        attempts = text.number(after: " probe failed ") ?? text.number(after: " probe succeeded after ")
        container = Self.quoted(after: "for container ", in: text)
        port = text.number(after: " on port ")
        path = Self.quoted(after: " path ", in: text)
        status = text.firstMatch(of: /failed with status ([A-Z_]+)/).map { String($0.1) }
        answer = text.firstMatch(of: /HTTP request returned status ([0-9]{3}[A-Za-z ]*)/)
            .map { String($0.1).trimmingSuffix }
    }

    private static func quoted(after words: String, in text: String) -> String? {
        guard let range = text.ranges(of: words + "\"").first else { return nil }
        return String(text[range.upperBound...].prefix { $0 != "\"" })
    }

    /// The probe in words, such as `the default TCP startup probe of container "web" on port 8080`.
    func described(as kind: String) -> String {
        "the \(isDefault ? "default " : "")\(handler == "GRPC" ? "gRPC" : handler) \(kind) probe"
            + (container.map { " of container \"\($0)\"" } ?? "") + (port.map { " on port \($0)" } ?? "")
            + (path.map { ", path \($0)" } ?? "")
    }
}

extension String {
    /// The text without blanks at its end.
    fileprivate var trimmingSuffix: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

/// Where the program says that it listens.
struct ListeningLine {
    /// The port, `nil` where the line states none.
    let port: Int?
    /// Whether the address is one that only the container itself reaches.
    let isLoopback: Bool

    /// Reads a fact.
    init(_ fact: Fact) {
        let text = fact.text
        let stated = text.matches(of: /(?:port["'=: ]+|:)([0-9]{2,5})\b/).compactMap { Int($0.1) }.last
        port = fact.number ?? stated
        isLoopback = text.contains("127.0.0.1") || text.contains("localhost") || text.contains("[::1]")
    }
}
