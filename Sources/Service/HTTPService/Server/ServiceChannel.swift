import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1

/// A connection of the service: Hummingbird's, with the message rules of HTTP/1 below it and the service's limits
/// above.
struct ServiceChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel

    /// Creates the set-up of connections.
    ///
    /// - Parameters:
    ///   - responder: Answers a request.
    ///   - limits: What a connection may take.
    ///   - onRefusal: Called with the status where a connection is refused before its request reaches the responder.
    init(
        responder: @escaping HTTPChannelHandler.Responder,
        limits: ServiceLimits,
        onRefusal: @escaping @Sendable (_ status: Int) -> Void
    ) {
        base = HTTP1Channel(
            responder: responder,
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionGuard(limits: limits, onRefusal: onRefusal)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 * 1024,
                    maxHeaderListSize: 32 * 1024,
                    maxHeaderFieldCount: 100
                )
            )
        )
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        base.setup(channel: channel, logger: logger)
            .flatMapThrowing { value in
                // Hummingbird's messages hold no HTTP version, so the rules come before the codec that makes them.
                let pipeline = channel.pipeline.syncOperations
                let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
                try pipeline.addHandler(MessageRules(), position: .before(codec))
                return value
            }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
