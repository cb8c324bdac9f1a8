import ColdstartTestSupport
import Foundation
import Testing

@testable import GRPCHealth

/// Calls on servers of gRPC as they answered once, and on servers that nobody vouches for.
struct HealthCheckCallTests {
    private func call(service: String = "") -> HealthCheckCall {
        HealthCheckCall(service: service, authority: "127.0.0.2:8080", agent: "kube-probe/1.34")
    }

    private func result(of bytes: [UInt8], pieces: Int = .max, ends: Bool = false) -> HealthCheckResult? {
        var call = call()
        for start in stride(from: 0, to: bytes.count, by: min(pieces, max(1, bytes.count))) {
            call.take(bytes[start..<(pieces == .max ? bytes.count : min(bytes.count, start + pieces))])
        }
        if ends { call.takeEnd() }
        return call.result
    }

    private func frame(_ kind: HTTP2Frame.Kind, _ payload: [UInt8], flags: UInt8 = 0, stream: Int = 0) -> [UInt8] {
        HTTP2Frame(type: kind.rawValue, flags: flags, stream: stream, payload: payload).bytes
    }

    private var settings: [UInt8] { frame(.settings, []) }
    /// `:status: 200` and `content-type: application/grpc`, as `hpack` of Python writes them with Huffman's code.
    private let fields = bytes("20885f8b1d75d0620d263d4c4d6564408e9acac8b0c842d6958b510f21aa9b839bd9ab")
    /// `grpc-status: 12` and a message, by the same.
    private let unimplemented = bytes(
        "2040889acac8b21234da8f8208bf40899acac8b5254207317f9bb6aeb51fc54a20b677310aa4d65645e728e84cebf70af8ca3a133f"
    )
    /// `grpc-status: 0` as a plain literal.
    private let ok = Array("\u{0}\u{b}grpc-status\u{1}0".utf8)
    private let serving: [UInt8] = [0, 0, 0, 0, 2, 8, 1]

    @Test(
        "what the server of grpcio answered is understood, whole and byte by byte",
        arguments: [
            ("serving", HealthCheckResult.answered(status: 1)), ("not-serving", .answered(status: 2)),
            ("unknown", .answered(status: 0)), ("not-found", .failed(code: 5)), ("unimplemented", .failed(code: 12)),
        ]
    )
    func recorded(name: String, expected: HealthCheckResult) throws {
        let file = URL(filePath: Fixtures.path("grpc/\(name).bin"))
        let bytes = [UInt8](try Data(contentsOf: file))
        #expect(result(of: bytes) == expected)
        #expect(result(of: bytes, pieces: 1) == expected)
        // No beginning of it is an answer, and its end is then a broken connection.
        for length in bytes.indices {
            let early = result(of: Array(bytes[..<length]))
            #expect(early == nil)
            guard case .malformed? = result(of: Array(bytes[..<length]), ends: true) else {
                guard length < 33, case .noConnection? = result(of: Array(bytes[..<length]), ends: true) else {
                    Issue.record("\(length) bytes of \(name)")
                    continue
                }
                continue
            }
        }
    }

    @Test("the preface comes first, and the call once the server has shown its settings")
    func sends() {
        var call = call(service: "movies")
        let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        #expect(call.takeOutput() == preface + bytes("00000c040000000000" + "000100000000" + "000200000000"))
        #expect(call.takeOutput().isEmpty)
        #expect(!call.isConnected)
        call.take(settings)
        #expect(call.isConnected)
        // By Python: the fields as `hpack` reads them back, and the message as `protobuf` writes it.
        let fields =
            bytes("8386041c") + Array("/grpc.health.v1.Health/Check".utf8) + bytes("010e")
            + Array("127.0.0.2:8080".utf8) + bytes("0f1010") + Array("application/grpc".utf8) + bytes("000274650874")
            + Array("railers".utf8) + bytes("0f2b0f") + Array("kube-probe/1.34".utf8)
        let message = bytes("0000000008" + "0a066d6f76696573")
        #expect(
            call.takeOutput() == frame(.settings, [], flags: 1) + frame(.headers, fields, flags: 4, stream: 1)
                + frame(.data, message, flags: 1, stream: 1)
        )
    }

    @Test("settings and pings are acknowledged once each, and acknowledgements are not")
    func acknowledges() {
        var call = call()
        call.take(settings)
        _ = call.takeOutput()
        call.take(frame(.ping, Array(1...8)) + frame(.settings, [0, 3, 0, 0, 0, 100]))
        #expect(call.takeOutput() == frame(.ping, Array(1...8), flags: 1) + frame(.settings, [], flags: 1))
        call.take(frame(.ping, Array(1...8), flags: 1) + frame(.settings, [], flags: 1))
        #expect(call.takeOutput().isEmpty)
    }

    @Test("the message waits for a window that takes it")
    func window() {
        var call = call()
        _ = call.takeOutput()
        call.take(frame(.settings, [0, 4, 0, 0, 0, 3]))
        let first = call.takeOutput()
        let message = frame(.data, [0, 0, 0, 0, 0], flags: 1, stream: 1)
        #expect(!first.suffix(message.count).elementsEqual(message))
        call.take(frame(.windowUpdate, [0, 0, 0, 1], stream: 1))
        #expect(call.takeOutput().isEmpty)
        call.take(frame(.windowUpdate, [0, 0, 0, 1], stream: 1))
        #expect(call.takeOutput() == message)
    }

    @Test("padding, priority, continued fields and interim answers are read over")
    func forms() {
        let padded = frame(.headers, [2, 0, 0, 0, 0, 7] + fields.prefix(10) + [0, 0], flags: 0x28, stream: 1)
        let rest = frame(.continuation, Array(fields.dropFirst(10)), flags: 4, stream: 1)
        let data = frame(.data, [3] + serving + [0, 0, 0], flags: 8, stream: 1)
        let interim = frame(.headers, Array("\u{8}\u{3}103".utf8), flags: 4, stream: 1)
        let end = frame(.headers, ok, flags: 5, stream: 1)
        #expect(result(of: settings + interim + padded + rest + data + end) == .answered(status: 1))
        let split =
            frame(.data, Array(serving.prefix(3)), stream: 1) + frame(.data, Array(serving.dropFirst(3)), stream: 1)
        #expect(
            result(of: settings + frame(.headers, fields, flags: 4, stream: 1) + split + end) == .answered(status: 1)
        )
    }

    @Test("a status behind the message counts, not the message before it")
    func laterStatus() {
        let answer =
            settings + frame(.headers, fields, flags: 4, stream: 1) + frame(.data, serving, stream: 1)
            + frame(.headers, unimplemented, flags: 5, stream: 1)
        #expect(result(of: answer) == .failed(code: 12))
    }

    @Test("what is no HTTP/2 is no connection")
    func otherProtocols() {
        for text in [
            "HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP/1.", "SSH-2.0-OpenSSH_9.2\r\n",
            "\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}(abc",
        ] {
            guard case .noConnection = result(of: Array(text.utf8), ends: true) else {
                Issue.record("\(text)")
                continue
            }
        }
        guard case .noConnection = result(of: frame(.ping, Array(1...8))) else {
            Issue.record("a ping before the settings")
            return
        }
    }

    @Test("what is HTTP/2 and no answer of gRPC is malformed")
    func malformed() {
        let headers = frame(.headers, fields, flags: 4, stream: 1)
        let cases: [(String, [UInt8])] = [
            ("a status of HTTP", frame(.headers, [0x8d], flags: 5, stream: 1)),
            (
                "another content type",
                frame(.headers, [0x88] + Array("\u{0f}\u{10}\u{09}text/html".utf8), flags: 4, stream: 1)
            ),
            ("no status of gRPC", headers + frame(.data, serving, flags: 1, stream: 1)),
            ("fields without one", headers + frame(.headers, [0x88], flags: 5, stream: 1)),
            ("data first", frame(.data, serving, stream: 1)),
            ("another stream", frame(.headers, fields, flags: 4, stream: 3)),
            ("a push", frame(.pushPromise, [0, 0, 0, 2], flags: 4, stream: 1)),
            ("a reset", frame(.resetStream, [0, 0, 0, 7], stream: 1)),
            ("a farewell before the call", frame(.goAway, [0, 0, 0, 0, 0, 0, 0, 11])),
            ("no message", headers + frame(.headers, ok, flags: 5, stream: 1)),
            (
                "a compressed one",
                headers + frame(.data, [1, 0, 0, 0, 0], stream: 1) + frame(.headers, ok, flags: 5, stream: 1)
            ),
            (
                "two of them",
                headers + frame(.data, serving + serving, stream: 1) + frame(.headers, ok, flags: 5, stream: 1)
            ),
            ("a table", frame(.headers, [0xbe], flags: 5, stream: 1)),
            ("a frame too long", [1, 0, 0, 0, 0, 0, 0, 0, 1]),
            ("a short ping", frame(.ping, [1])),
        ]
        for (name, bytes) in cases {
            guard case .malformed? = result(of: settings + bytes) else {
                Issue.record("\(name): \(String(describing: result(of: settings + bytes)))")
                continue
            }
        }
    }

    @Test("a server that lets calls end before it goes is heard to the end")
    func farewell() {
        let answer =
            settings + frame(.goAway, [0, 0, 0, 1, 0, 0, 0, 0]) + frame(.headers, fields, flags: 4, stream: 1)
            + frame(.data, serving, stream: 1) + frame(.headers, ok, flags: 5, stream: 1)
        #expect(result(of: answer) == .answered(status: 1))
    }

    @Test("an answer without end is given up")
    func bounds() {
        let pings = Array(repeating: frame(.ping, Array(1...8)), count: 4000).flatMap(\.self)
        guard case .malformed? = result(of: settings + pings, pieces: 1000) else {
            Issue.record("pings without end")
            return
        }
        let data = Array(repeating: frame(.data, Array(repeating: 0, count: 1000), stream: 1), count: 5).flatMap(\.self)
        guard case .malformed? = result(of: settings + frame(.headers, fields, flags: 4, stream: 1) + data) else {
            Issue.record("data without end")
            return
        }
    }
}

/// The bytes that hexadecimal digits stand for.
func bytes(_ digits: String) -> [UInt8] {
    let nibbles = digits.compactMap(\.hexDigitValue)
    return stride(from: 0, to: nibbles.count, by: 2).map { UInt8(nibbles[$0] << 4 | nibbles[$0 + 1]) }
}
