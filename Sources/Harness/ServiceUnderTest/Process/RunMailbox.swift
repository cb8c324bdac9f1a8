import Domain
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What other tasks tell a run that waits on its own thread.
final class RunMailbox: Sendable {
    /// What is told.
    enum Message: Sendable {
        /// The rows that were asked for, by the question's number.
        case rows(question: Int, [StoredRecommendation])
        /// A rating that was to be given is in the database.
        case rated
        /// A fault of the database reached the moment at which a fault of the process is to strike.
        case boundaryReached(fault: Int, evidence: String)
        /// The harness itself cannot go on.
        case failed(any Error)
        /// The run is to end.
        case cancelled
    }

    private let messages = Mutex<[Message]>([])
    /// The end that polls readable when there are messages.
    let wakeUp: Int32
    private let bell: Int32

    /// Creates an empty mailbox.
    init() {
        var ends: (Int32, Int32) = (-1, -1)
        withUnsafeMutableBytes(of: &ends) { _ = pipe($0.baseAddress?.assumingMemoryBound(to: Int32.self)) }
        for end in [ends.0, ends.1] {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (wakeUp, bell) = ends
    }

    deinit {
        close(wakeUp)
        close(bell)
    }

    /// Leaves a message.
    func post(_ message: Message) {
        messages.withLock { $0.append(message) }
        var byte: UInt8 = 1
        // A full pipe wakes as well as one more byte would.
        _ = write(bell, &byte, 1)
    }

    /// Takes all messages.
    func take() -> [Message] {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(wakeUp, &bytes, bytes.count) > 0 {}
        return messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}
