import HTTPTypes
import NIOCore
import NIOHTTPTypes
import RecommendationEngine

/// Keeps one connection within its limits: the length of a body, the time to send a request, the time to idle.
///
/// The server would read on for as long as a client sends. The guard answers 413 or 408 itself where nothing has been
/// answered yet, and closes.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long a refused client's bytes are still taken in, so that it gets to read the answer.
    private static let linger = TimeAmount.seconds(1)

    private let bodyLimit: Int
    private let receiveTime: TimeAmount
    private let onRefusal: @Sendable (_ status: Int) -> Void

    private var deadline: Scheduled<Void>?
    private var unansweredRequests = 0
    private var bodyBytes = 0
    private var isReceiving = false
    private var isResponding = false
    private var isRefused = false

    /// Creates a guard for a connection that is not active yet.
    init(limits: ServiceLimits, onRefusal: @escaping @Sendable (_ status: Int) -> Void) {
        bodyLimit = limits.bodyBytes
        receiveTime = TimeAmount(limits.receiveTime)
        self.onRefusal = onRefusal
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startDeadline(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopDeadline()
    }

    func channelActive(context: ChannelHandlerContext) {
        startDeadline(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopDeadline()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isRefused { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            unansweredRequests += 1
            isReceiving = true
            bodyBytes = 0
            startDeadline(context)
            if let length = head.headerFields[.contentLength].flatMap({ Int($0) }), length > bodyLimit {
                return refuse(.tooLarge(limit: bodyLimit), context)
            }
        case .body(let buffer):
            bodyBytes += buffer.readableBytes
            if bodyBytes > bodyLimit { return refuse(.tooLarge(limit: bodyLimit), context) }
        case .end:
            isReceiving = false
            if unansweredRequests > 0 { stopDeadline() } else { startDeadline(context) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isRefused {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status == .badRequest && head.headerFields[.connection] == "close":
            // What the server itself answers to bytes that are no HTTP, without a body.
            isRefused = true
            stopDeadline()
            promise?.succeed()
            return answer(.notHTTP, context)
        case .head(let head) where head.status.kind == .informational: break
        case .head: isResponding = true
        case .body: break
        case .end:
            isResponding = false
            unansweredRequests -= 1
            if unansweredRequests == 0, !isReceiving { startDeadline(context) }
        }
        context.write(data, promise: promise)
    }

    private func startDeadline(_ context: ChannelHandlerContext) {
        stopDeadline()
        deadline = context.eventLoop.assumeIsolated()
            .scheduleTask(in: receiveTime) {
                self.isReceiving ? self.refuse(.tooSlow, context) : context.close(promise: nil)
            }
    }

    private func stopDeadline() {
        deadline?.cancel()
        deadline = nil
    }

    private func refuse(_ error: ServiceError, _ context: ChannelHandlerContext) {
        isRefused = true
        stopDeadline()
        guard unansweredRequests == 1, !isResponding else {
            context.close(promise: nil)
            return
        }
        answer(error, context)
    }

    private func answer(_ error: ServiceError, _ context: ChannelHandlerContext) {
        onRefusal(error.status)
        let answer = Answer.error(error)
        let body = ByteBuffer(string: answer.body)
        let fields: HTTPFields = [
            .contentType: answer.contentType, .contentLength: String(body.readableBytes), .connection: "close",
            .accessControlAllowOrigin: "*",
        ]
        let head = HTTPResponse(status: .init(code: error.status), headerFields: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // Closing at once, with bytes unread, would reset the connection before the answer is read.
        context.close(mode: .output, promise: nil)
        deadline = context.eventLoop.assumeIsolated()
            .scheduleTask(in: Self.linger) { context.close(promise: nil) }
    }
}
