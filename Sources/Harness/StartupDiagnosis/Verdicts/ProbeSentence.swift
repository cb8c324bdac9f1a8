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
        handler = text.end(of: " HTTP probe") != nil ? "HTTP" : text.end(of: " GRPC probe") != nil ? "GRPC" : "TCP"
        attempts = text.number(after: " probe failed ") ?? text.number(after: " probe succeeded after ")
        container = text.end(of: "for container \"").map { end in String(text[end...].prefix { $0 != "\"" }) }
        port = text.number(after: " on port ")
        path = text.end(of: " path \"").map { end in String(text[end...].prefix { $0 != "\"" }) }
        status = text.end(of: "failed with status ")
            .map { end in String(text[end...].prefix { $0.isUppercase || $0 == "_" }) }
        answer = text.end(of: "HTTP request returned status ")
            .map { end in String(text[end...].prefix { $0 != "." && !$0.isNewline }) }
    }

    /// The probe in words, such as `the default TCP startup probe of container "web" on port 8080`.
    func described(as kind: String) -> String {
        "the \(isDefault ? "default " : "")\(handler == "GRPC" ? "gRPC" : handler) \(kind) probe"
            + (container.map { " of container \"\($0)\"" } ?? "") + (port.map { " on port \($0)" } ?? "")
            + (path.map { ", path \($0)" } ?? "")
    }
}
