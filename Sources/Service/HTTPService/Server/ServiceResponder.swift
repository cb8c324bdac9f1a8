import Domain
import HTTPTypes
import Hummingbird
import Logging
import ModelFiles
import NIOCore
import PostgresClient
import RecommendationEngine
import SafeText

/// Answers the service's requests: `/health`, `/recommend`, `/metrics`.
struct ServiceResponder: HTTPResponder {
    typealias Context = ServiceRequestContext

    private static let secretHeader = HTTPField.Name("X-Webhook-Secret")!

    let configuration: ServiceConfiguration
    /// Takes the configuration's secrets out of what is answered.
    let redaction: Redaction
    let models: ServiceModels
    let handler: RecommendationHandler
    let metrics: ServiceMetrics
    let logger: Logger
    /// What keeps health waiting during requests, `nil` where nothing does.
    let busyHealth: BusyHealth?

    func respond(to request: Request, context: ServiceRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        metrics.began()
        let answer = await answer(to: request, context)
        let duration = start.duration(to: .now)
        let path = Route(rawValue: request.uri.path)?.rawValue ?? "other"
        let method = ["GET", "POST", "OPTIONS", "HEAD"].first { $0 == request.method.rawValue } ?? "other"
        metrics.answered(path: path, method: method, status: answer.status, after: duration)
        logger.log(
            level: answer.status >= 500 ? .warning : path == Route.recommend.rawValue ? .info : .debug,
            "request",
            metadata: [
                "method": "\(method)", "path": "\(path)", "status": "\(answer.status)",
                "milliseconds": "\(duration.milliseconds)",
            ]
            .merging(answer.remarks) { $1 }
        )
        return request.method == .head ? answer.response.createHeadResponse() : answer.response
    }

    private enum Route: String {
        case health = "/health"
        case metrics = "/metrics"
        case recommend = "/recommend"

        /// The methods that it answers; whoever answers GET answers HEAD (RFC 9110, section 9.1).
        var methods: [HTTPRequest.Method] { self == .recommend ? [.post] : [.get, .head] }
    }

    private func answer(to request: Request, _ context: ServiceRequestContext) async -> Answer {
        if request.method == .options { return .preflight(request.head) }
        guard let route = Route(rawValue: request.uri.path) else {
            return .error(ServiceError(status: 404, detail: "no such path; there are /health, /recommend and /metrics"))
        }
        guard route.methods.contains(request.method) else {
            var answer = Answer.error(ServiceError(status: 405, detail: "use \(route.methods[0].rawValue)"))
            answer.headers[.allow] = (route.methods + [.options]).map(\.rawValue).joined(separator: ", ")
            return answer
        }
        switch route {
        case .health:
            await busyHealth?.wait()
            return .health(
                models.health,
                checkpoint: configuration.paths.checkpoint,
                svdDirectory: configuration.paths.svdDirectory,
                movies: models.movieCount
            )
        case .metrics:
            return Answer(status: 200, body: metrics.text, contentType: "text/plain; version=0.0.4; charset=utf-8")
        case .recommend:
            let rehearsed = configuration.rehearsal.map { RehearsedRequest($0, headers: request.headers) }
            var answer: Answer
            do {
                let served = try await whileBusy { try await recommend(request, rehearsed, context) }
                answer = .recommendation(served.response)
            } catch {
                answer = .error(refusal(for: error))
            }
            for field in rehearsed?.headers ?? [:] { answer.headers[field.name] = field.value }
            return answer
        }
    }

    private func whileBusy(_ work: () async throws -> Recommendation) async throws -> Recommendation {
        guard let busyHealth else { return try await work() }
        return try await busyHealth.serve(work)
    }

    /// Refuses as early as it can be known: before the body is read where the secret is wrong or nothing can serve.
    private func recommend(
        _ request: Request,
        _ rehearsed: RehearsedRequest?,
        _ context: ServiceRequestContext
    ) async throws -> Recommendation {
        if let secret = configuration.secret, !secret.matches(request.headers[Self.secretHeader]) {
            throw ServiceError(status: 401, detail: "the header X-Webhook-Secret is missing or wrong")
        }
        try models.refuseUnlessServing()
        let body: ByteBuffer
        do {
            try await context.askForBody(of: request)
            // What comes this far is within the limit: the connection's guard refuses a longer body.
            body = try await request.body.collect(upTo: .max)
        } catch {
            // The client went away, or what it sends is no body.
            throw ServiceError(status: 400, detail: "the body cannot be read to its end")
        }
        let asked = try RecommendBody.parse(body.readableBytesView)
        return try await Deadline.run(configuration.limits.requestTime) { [handler] in
            try await handler.recommend(asked, rehearsed)
        }
    }

    /// The refusal that an error becomes: one sentence, never a trace.
    private func refusal(for error: any Error) -> ServiceError {
        switch error {
        case let error as ServiceError: return error
        case is Deadline.Exceeded:
            let seconds = configuration.limits.requestTime.seconds
            return ServiceError(status: 504, detail: "no answer within \(seconds) s; the request was given up")
        case is CancellationError:
            return ServiceError(status: 503, detail: "shutting down", retryAfter: 1)
        default:
            logger.error("request failed", metadata: ["error": "\(error)", "type": "\(type(of: error))"])
            // Errors of the database say in one line what happened, and never a secret or a value.
            let detail = (error as? PostgresError).map { redaction.removed(from: "\($0)") }
            return ServiceError(status: 500, detail: detail ?? "internal error")
        }
    }
}

extension ServiceError {
    /// The refusal of a body that is too long.
    static func tooLarge(limit: Int) -> ServiceError {
        ServiceError(status: 413, detail: "the body is longer than \(limit) bytes")
    }

    /// The refusal of bytes that cannot be understood.
    static let notHTTP = ServiceError(status: 400, detail: "this is no HTTP/1.1 request")

    /// The refusal of a request that does not arrive.
    static let tooSlow = ServiceError(status: 408, detail: "the request did not arrive in time")
}
