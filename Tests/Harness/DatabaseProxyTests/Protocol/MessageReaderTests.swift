import DatabaseProxy
import Domain
import Testing

struct MessageReaderTests {
    private let stream =
        Wire.startup(80_877_103, []) + Wire.startup() + Wire.message("p", Wire.text("hush")) + Wire.query("SELECT 1")
        + Wire.statement("BEGIN") + Wire.sync + Wire.message("X")

    @Test func `a client's stream is cut into its messages, the first without a type`() throws {
        let kinds = try MessageReader.pieces(.client, stream).map(\.kind)
        let typed: [ProtocolPiece.Kind] = "pQPBDESX".map { .message($0.asciiValue ?? 0) }
        #expect(kinds == [.encryptionRequest, .startup] + typed)
    }

    @Test func `however the bytes come in, the pieces are the same and none is lost`() throws {
        let whole = try MessageReader.pieces(.client, stream)
        #expect(whole.flatMap(\.bytes) == stream)
        for size in 1...stream.count {
            var reader = MessageReader(.client)
            var pieces: [ProtocolPiece] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                pieces += try reader.read(Array(stream[start..<min(start + size, stream.count)]))
            }
            #expect(pieces == whole, "in parts of \(size)")
        }
    }

    @Test func `a long message is handed on in parts as it comes`() throws {
        let long = Wire.message("Q", [UInt8](repeating: 32, count: 200_000))
        var reader = MessageReader(.client)
        _ = try reader.read(Wire.startup())
        #expect(try reader.read(Array(long[..<1_000])).isEmpty)
        let first = try reader.read(Array(long[1_000..<70_000]))
        #expect(first.map(\.kind) == [.message(UInt8(ascii: "Q"))])
        let rest = try reader.read(Array(long[70_000...]) + Wire.sync)
        #expect(rest.map(\.kind) == [.continuation, .message(UInt8(ascii: "S"))])
        #expect((first + rest).flatMap(\.bytes) == long + Wire.sync)
    }

    @Test func `a message of which only the head has come takes no memory for what it promises`() throws {
        var reader = MessageReader(.server)
        #expect(try reader.read([UInt8(ascii: "D"), 0x3F, 0xFF, 0xFF, 0xFF]).isEmpty)
        #expect(reader.takeRest().count == 5)
    }

    @Test(arguments: [
        ("shorter than itself", MessageReader.Sender.server, [UInt8(ascii: "Z"), 0, 0, 0, 3]),
        ("negative", .server, [UInt8(ascii: "D"), 0xFF, 0xFF, 0xFF, 0xFF]),
        ("longer than a gigabyte", .server, [UInt8(ascii: "D"), 0x40, 0, 0, 0]),
        ("of no type", .server, [0, 0, 0, 0, 8]),
        ("text instead of a message", .client, Array("GET / HTTP/1.1\r\n\r\n".utf8)),
        ("an empty first packet", .client, [0, 0, 0, 0]),
        ("a first packet of 2 GB", .client, [0x7F, 0xFF, 0xFF, 0xFF]),
        ("version 2 of the protocol", .client, Wire.startup(131_072)),
        ("a cancellation without a key", .client, Wire.startup(80_877_102, [])),
        ("an encryption request with a body", .client, Wire.startup(80_877_103, [1])),
        ("a Sync of a megabyte", .client, Wire.startup() + [UInt8(ascii: "S"), 0, 0x10, 0, 0]),
        ("a password of a megabyte", .client, Wire.startup() + [UInt8(ascii: "p"), 0, 0x10, 0, 0]),
    ])
    func `a lying length or another protocol is an error`(what: String, sender: MessageReader.Sender, bytes: [UInt8]) {
        #expect(throws: ProxyError.self, "\(what)") { try MessageReader.pieces(sender, bytes) }
    }

    @Test func `random bytes end in an error or in pieces, never in a crash`() {
        for seed in 0..<500 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            for sender in [MessageReader.Sender.client, .server] {
                var reader = MessageReader(sender)
                var tracker = WireProtocolTracker()
                let prefix = sender == .client ? Wire.startup() : []
                let letters = Array("QPBESCDKZT123Is".utf8)
                for part in 0..<20 {
                    var bytes = part == 0 ? prefix : []
                    bytes += [letters.randomElement(using: &generator) ?? 0, 0, 0, 0]
                    bytes += (0..<Int.random(in: 1...40, using: &generator))
                        .map { _ in UInt8.random(in: 0...60, using: &generator) }
                    guard let pieces = try? reader.read(bytes) else { break }
                    for piece in pieces {
                        _ = sender == .client ? try? tracker.clientSends(piece) : tracker.serverSends(piece)
                    }
                }
            }
        }
    }
}
