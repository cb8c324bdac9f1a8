import Domain
import NIOCore

/// Hands what a socket does to the connection that it belongs to.
final class FlowHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: ProxiedConnection
    private let direction: DatabaseDirection

    /// Creates the handler of the socket from which bytes of a direction come.
    init(_ connection: ProxiedConnection, _ direction: DatabaseDirection) {
        self.connection = connection
        self.direction = direction
    }

    func channelActive(context: ChannelHandlerContext) {
        if direction == .toDatabase { connection.begin() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.received(Array(Self.unwrapInboundIn(data).readableBytesView), direction)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.advance()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        connection.advance()
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.ended(direction)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
