import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RecommendationEngine

/// An answer of the service before it becomes a response of the server.
struct Answer: Sendable {
    /// The HTTP status.
    var status: Int
    /// The body.
    var body: String
    /// The type of the body.
    var contentType = "application/json"
    /// Further headers.
    var headers: HTTPFields = [:]
    /// What the log says of the request beside its status.
    var remarks: Logger.Metadata = [:]

    /// An answer in JSON.
    static func json(_ value: JSONText, status: Int = 200) -> Answer {
        Answer(status: status, body: value.text)
    }

    /// An error: `{"detail": …}`, with `Retry-After` where it says so.
    static func error(_ error: ServiceError) -> Answer {
        var answer = json(.object([("detail", .string(error.detail))]), status: error.status)
        answer.remarks["detail"] = "\(error.detail)"
        if let seconds = error.retryAfter { answer.headers[.retryAfter] = String(seconds) }
        return answer
    }

    /// The answer as a response that any page may read.
    var response: Response {
        var fields = headers
        if !body.isEmpty { fields[.contentType] = contentType }
        fields[.accessControlAllowOrigin] = "*"
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(string: body))
        )
    }
}

extension Answer {
    /// What `GET /health` answers, 200 whatever the service's state is.
    static func health(
        _ health: HealthStatus,
        device: String = "cpu",
        checkpoint: String,
        svdDirectory: String,
        movies: Int
    )
        -> Answer
    {
        .json(
            .object([
                ("ok", .boolean(health.isReady)), ("status", .string(health.text)), ("device", .string(device)),
                ("p5_ckpt", .string(checkpoint)), ("svd_dir", .string(svdDirectory)), ("n_items", .integer(movies)),
            ])
        )
    }

    /// What `POST /recommend` answers where it succeeds.
    static func recommendation(_ response: RecommendResponse) -> Answer {
        var answer = json(
            .object([
                ("session_id", .string(response.session.text)), ("phase", .integer(response.phase)),
                ("svd_top_saved", .integer(response.svdTopSaved)), ("p5_top_saved", .integer(response.p5TopSaved)),
                ("svd_top100_size", .integer(response.svdTop100Size)),
                (
                    "display_sequence",
                    .array(
                        response.display.entries.map { entry in
                            .array([
                                .string(entry.model.rawValue), .string(entry.movie.text), .integer(entry.order),
                            ])
                        }
                    )
                ),
            ])
        )
        answer.remarks = [
            "session": "\(response.session)", "svd_rows": "\(response.svdTopSaved)",
            "p5_rows": "\(response.p5TopSaved)",
        ]
        return answer
    }

    /// What a preflight gets: every origin, method of the service and header may be used.
    static func preflight(_ request: HTTPRequest) -> Answer {
        var answer = Answer(status: 204, body: "")
        answer.headers[.accessControlAllowMethods] = "GET, HEAD, POST, OPTIONS"
        answer.headers[.accessControlAllowHeaders] =
            request.headerFields[.accessControlRequestHeaders] ?? "Content-Type, X-Webhook-Secret"
        answer.headers[.accessControlMaxAge] = "86400"
        return answer
    }
}
