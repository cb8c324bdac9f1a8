import Domain
import NIOCore

/// One direction of a connection inside the proxy: bytes that wait for their time, and pieces that wait for their turn.
struct ConnectionFlow {
    /// Bytes with the time at which they arrive.
    struct Part {
        let due: Duration
        let bytes: [UInt8]
    }

    /// The most bytes that are kept; beyond that the sender is not read from.
    static let limit = 262_144

    /// Bytes that are received and not yet forwarded.
    private(set) var parts = CircularBuffer<Part>()
    /// Pieces that have arrived and are not forwarded.
    private(set) var pieces = CircularBuffer<ProtocolPiece>()
    /// How many bytes are kept.
    private(set) var kept = 0
    /// How many bytes have been forwarded.
    var forwarded = 0
    /// Whether the sender has ended its side.
    var hasEnded = false
    /// Whether a timer for the next part runs.
    var awaitsTimer = false

    private var reader: MessageReader
    private var line = DelayLine()

    init(_ direction: DatabaseDirection) {
        reader = MessageReader(direction == .toDatabase ? .client : .server)
    }

    /// Whether nothing is on its way.
    var isEmpty: Bool { parts.isEmpty && pieces.isEmpty }

    /// Takes in bytes, which arrive when their shape says, and returns how much later that is.
    mutating func take(_ bytes: [UInt8], at now: Duration, _ shape: RuleBook.Shape) -> Duration {
        kept += bytes.count
        let size = DelayLine.partSize(shape)
        var rest = bytes[...]
        var last = now
        while !rest.isEmpty {
            let part = rest.prefix(size)
            rest = rest.dropFirst(part.count)
            last = line.arrival(of: part.count, at: now, shape)
            parts.append(Part(due: last, bytes: Array(part)))
        }
        return last - now
    }

    /// Cuts what has arrived into pieces.
    ///
    /// - Returns: When the next part is due, `nil` where none is on its way.
    mutating func arrive(at now: Duration) throws(ProxyError) -> Duration? {
        while let part = parts.first {
            guard part.due <= now else { return part.due }
            parts.removeFirst()
            kept -= part.bytes.count
            for piece in try reader.read(part.bytes) { append(piece) }
        }
        if hasEnded, pieces.isEmpty {
            let rest = reader.takeRest()
            if !rest.isEmpty { append(ProtocolPiece(kind: .continuation, bytes: rest)) }
        }
        return nil
    }

    /// Takes the next piece out.
    mutating func next() -> ProtocolPiece? {
        guard let piece = pieces.popFirst() else { return nil }
        kept -= piece.bytes.count
        return piece
    }

    /// Drops everything that is kept and returns how many bytes that were.
    mutating func drop() -> Int {
        defer {
            parts.removeAll()
            pieces.removeAll()
            kept = 0
        }
        return kept
    }

    private mutating func append(_ piece: ProtocolPiece) {
        kept += piece.bytes.count
        pieces.append(piece)
    }
}
