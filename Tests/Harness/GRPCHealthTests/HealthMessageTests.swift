import Testing

@testable import GRPCHealth

/// The two messages against those that `protobuf` of Python writes.
struct HealthMessageTests {
    @Test("a request holds the service's name, or nothing")
    func requests() {
        #expect(HealthMessage.request(service: "") == [0, 0, 0, 0, 0])
        #expect(HealthMessage.request(service: "movies") == bytes("00000000080a066d6f76696573"))
        let long = HealthMessage.request(service: String(repeating: "m", count: 300))
        #expect(long.prefix(11) == bytes("000000012f0aac026d6d6d")[...])
        #expect(long.count == 5 + 303)
    }

    @Test(
        "the serving status is read, whatever stands beside it",
        arguments: [
            ("0000000000", 0), ("00000000020801", 1), ("00000000020802", 2), ("00000000020803", 3),
            ("000000000408010802", 2),
        ] as [(String, UInt64)]
    )
    func statuses(digits: String, status: UInt64) throws {
        #expect(try HealthMessage.status(in: bytes(digits)) == status)
    }

    @Test("fields that are not known are passed over")
    func unknownFields() throws {
        let fields = "12026869" + "1805" + "210000000000000000" + "2d00000000" + "08b901"
        let body = bytes(fields)
        #expect(try HealthMessage.status(in: [0, 0, 0, 0, UInt8(body.count)] + body) == 185)
    }

    @Test(
        "what is no such message is refused",
        arguments: [
            "", "00000000", "0100000000", "0000000001", "00000000020a01", "000000000108", "0000000002088f",
            "0000000003120561", "000000000308ffff", "00000000010b", "000000000c08ffffffffffffffffffff01",
        ]
    )
    func refused(digits: String) {
        #expect(throws: HTTP2Error.self) { try HealthMessage.status(in: bytes(digits)) }
    }
}
