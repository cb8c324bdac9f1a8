import Domain
import Formats
import SafeText

/// What an answer of the service says, decoded with distrust.
enum ServiceAnswer {
    /// The body of `GET /health`.
    struct Health: Decodable {
        /// Whether the service serves.
        var ok: Bool?
        /// What it says of itself.
        var status: HealthStatus?
        /// How many movies the SVD model knows.
        var movies: Int?

        enum CodingKeys: String, CodingKey {
            case ok
            case status
            case movies = "n_items"
        }
    }

    private struct Refusal: Decodable {
        let detail: String
    }

    /// Returns what `/health` says, `nil` where the body is something else.
    static func health(_ answer: HTTPAnswer) -> Health? {
        guard let health = try? JSONReader.decode(Health.self, from: answer.body),
            health.ok != nil || health.status != nil
        else { return nil }
        return health
    }

    /// Returns the sentence of an error: `detail`, or the beginning of whatever the body is.
    static func detail(_ answer: HTTPAnswer) -> String {
        if let refusal = try? JSONReader.decode(Refusal.self, from: answer.body) { return refusal.detail }
        if let redirection = answer.redirection { return "\(redirection), and is not followed" }
        let text = String(decoding: answer.body.prefix(200), as: UTF8.self)
        let line = String(text.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
        return line.isEmpty ? "no body" : line
    }

    /// Returns the state that the service says it served the request in, where it says so.
    static func state(_ answer: HTTPAnswer) -> ServingState? {
        answer["coldstart-state"].flatMap(ServingState.init)
    }

    /// Returns the notes that the service sends with an answer.
    static func notes(_ answer: HTTPAnswer) -> [String] {
        guard let text = answer["coldstart-notes"] else { return [] }
        return (try? JSONReader.decode([String].self, from: PercentEncoding.decoded(Array(text.utf8)[...]))) ?? []
    }
}
