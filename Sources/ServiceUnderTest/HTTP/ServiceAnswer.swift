import Domain
import Formats

/// What an answer of the service says, decoded with distrust.
enum ServiceAnswer {
    /// The body of `GET /health`.
    struct Health: Decodable {
        /// Whether the service serves.
        var ok: Bool?
        /// `booting`, `ready_basic`, `ready_full` or `init_error: …`.
        var status: String?
        /// How many films the SVD model knows.
        var films: Int?

        enum CodingKeys: String, CodingKey {
            case ok
            case status
            case films = "n_items"
        }
    }

    /// The body of a successful `POST /recommend`.
    private struct Recommendation: Decodable {
        let session: SessionID
        let phase: Int
        let svdTopSaved: Int
        let p5TopSaved: Int
        let svdTop100Size: Int
        let display: [Entry]

        enum CodingKeys: String, CodingKey {
            case session = "session_id"
            case phase
            case svdTopSaved = "svd_top_saved"
            case p5TopSaved = "p5_top_saved"
            case svdTop100Size = "svd_top100_size"
            case display = "display_sequence"
        }
    }

    /// One place of the display list: `["svd", "318", 1]`.
    private struct Entry: Decodable {
        let model: Model
        let movie: MovieID
        let order: Int

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            let name = try values.decode(String.self)
            guard let model = Model(rawValue: name) else {
                throw DecodingError.dataCorruptedError(in: values, debugDescription: "a model, svd or p5")
            }
            self.model = model
            movie = try values.decode(MovieID.self)
            order = try values.decode(Int.self)
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

    /// Returns the recommendation in a body, `nil` where it is something else.
    static func recommendation(_ answer: HTTPAnswer) -> RecommendResponse? {
        guard let body = try? JSONReader.decode(Recommendation.self, from: answer.body) else { return nil }
        return RecommendResponse(
            session: body.session,
            phase: body.phase,
            svdTopSaved: body.svdTopSaved,
            p5TopSaved: body.p5TopSaved,
            svdTop100Size: body.svdTop100Size,
            display: DisplayList(
                entries: body.display.map { DisplayList.Entry(model: $0.model, movie: $0.movie, order: $0.order) }
            )
        )
    }

    /// Returns the sentence of an error: `detail`, or the beginning of whatever the body is.
    static func detail(_ answer: HTTPAnswer) -> String {
        if let refusal = try? JSONReader.decode(Refusal.self, from: answer.body) { return refusal.detail }
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
        return (try? JSONReader.decode([String].self, from: percentDecoded(text))) ?? []
    }

    /// The bytes of a percent-encoded text; what is no encoding stays as it is.
    private static func percentDecoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
