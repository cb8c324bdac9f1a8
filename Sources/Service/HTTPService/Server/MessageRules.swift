import NIOCore
import NIOHTTP1

/// What RFC 9110 and RFC 9112 ask of a server's messages and Hummingbird leaves to its user.
///
/// - No answer to HEAD has content (RFC 9110, section 9.3.2), whoever writes it.
/// - A connection ends after its answer where the request says so or speaks HTTP/1.0 without `keep-alive`
///   (RFC 9112, section 9.3); the answer says which it is.
/// - A final answer to a client that still waits for `100 Continue` ends the connection, since whether the client sends
///   its content then is open (RFC 9110, section 10.1.1).
final class MessageRules: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a client whose content is not wanted is still listened to, so that it gets to read the answer.
    private static let linger = TimeAmount.seconds(1)

    /// What is known of a request that has no answer yet; clients may send several before the first answer.
    private struct Awaited {
        let isHead: Bool
        let isOld: Bool
        let persists: Bool
        var waitsForContinue: Bool

        /// Whether the connection ends with the answer.
        var endsConnection: Bool { !persists || waitsForContinue }
    }

    private var awaited = CircularBuffer<Awaited>(initialCapacity: 1)
    private var end: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let isOld = head.version == .http1_0
        // An expectation of HTTP/1.0 does not count.
        if isOld { head.headers.remove(name: "expect") }
        let request = Awaited(
            isHead: head.method == .HEAD,
            isOld: isOld,
            persists: head.isKeepAlive,
            waitsForContinue: head.headers.expectsContinue
        )
        awaited.append(request)
        if !request.persists { head.headers.replaceOrAdd(name: "connection", value: "close") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // What answers bytes that are no request belongs to none.
        guard let request = awaited.first else { return context.write(data, promise: promise) }
        switch unwrapOutboundIn(data) {
        case .head(let head) where (100..<200).contains(head.status.code):
            awaited[awaited.startIndex].waitsForContinue = false
            context.write(data, promise: promise)
        case .head(var head):
            if request.endsConnection {
                head.headers.replaceOrAdd(name: "connection", value: "close")
            } else if request.isOld {
                head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body where request.isHead:
            promise?.succeed()
        case .body:
            context.write(data, promise: promise)
        case .end:
            awaited.removeFirst()
            context.write(data, promise: promise)
            if request.waitsForContinue { finish(context) }
        }
    }

    /// Says that nothing more will come, and closes once the client has had time to read what has.
    private func finish(_ context: ChannelHandlerContext) {
        context.flush()
        context.close(mode: .output, promise: nil)
        end = context.eventLoop.assumeIsolated()
            .scheduleTask(in: Self.linger) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end?.cancel()
    }
}

extension HTTPHeaders {
    /// Whether the client holds its content back until it is told to continue.
    fileprivate var expectsContinue: Bool {
        self[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
    }
}
