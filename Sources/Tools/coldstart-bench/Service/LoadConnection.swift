import NIOCore

/// One connection that asks for recommendations again and again, each time when it has the answer to the last.
///
/// The sessions are its own, so that the last answer of each says what the database has to hold in the end.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What a connection has seen.
    struct Outcome: Sendable {
        /// The time from each request to the end of its answer, in nanoseconds.
        var latencies: [Int64] = []
        /// The rows that the answers said were saved.
        var rows = 0
        /// The body of the last answer to each session that asked, by its place in the list.
        var lastAnswers: [Int: String] = [:]
        /// Answers that were no success, by status.
        var failures: [Int: Int] = [:]
        /// Whether the service ended the connection.
        var wasCutOff = false
    }

    private let sessions: [String]
    private let deadline: NIODeadline
    private let done: EventLoopPromise<Outcome>
    private var outcome = Outcome()
    private var next = 0
    private var asked = 0
    private var sentAt = NIODeadline.uptimeNanoseconds(0)
    private var received = ByteBuffer()
    private var isDone = false

    /// Creates a connection's handler.
    ///
    /// - Parameters:
    ///   - sessions: The sessions that it asks for, in turn.
    ///   - deadline: When the last request may be sent.
    ///   - done: Gets what was seen once the last answer is there.
    init(sessions: [String], until deadline: NIODeadline, done: EventLoopPromise<Outcome>) {
        self.sessions = sessions
        self.deadline = deadline
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) { send(context) }

    func channelInactive(context: ChannelHandlerContext) {
        outcome.wasCutOff = !isDone
        finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        received.writeBuffer(&buffer)
        while let answer = LoadAnswer(takenFrom: &received) {
            note(answer)
            guard NIODeadline.now() < deadline else {
                isDone = true
                return context.close(promise: nil)
            }
            send(context)
        }
        received.discardReadBytes()
    }

    private func note(_ answer: LoadAnswer) {
        outcome.latencies.append((NIODeadline.now() - sentAt).nanoseconds)
        guard answer.status == 200 else {
            outcome.failures[answer.status, default: 0] += 1
            return
        }
        outcome.rows += answer.savedRows
        outcome.lastAnswers[asked] = answer.body
    }

    private func send(_ context: ChannelHandlerContext) {
        asked = next
        next = (next + 1) % sessions.count
        let body = "{\"session_id\":\"\(sessions[asked])\"}"
        var buffer = context.channel.allocator.buffer(capacity: 256)
        buffer.writeString("POST /recommend HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n")
        buffer.writeString("Content-Length: \(body.utf8.count)\r\n\r\n")
        buffer.writeString(body)
        sentAt = .now()
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private func finish() {
        done.succeed(outcome)
    }
}
