import NIOCore

/// One answer of the service, taken out of the bytes of a connection.
struct LoadAnswer {
    /// The HTTP status.
    let status: Int
    /// The body.
    let body: String

    /// Takes an answer that has arrived whole, `nil` where it has not.
    init?(takenFrom buffer: inout ByteBuffer) {
        let head = buffer.withUnsafeReadableBytes { bytes -> (length: Int, body: Int, status: Int)? in
            guard let end = bytes.position(after: "\r\n\r\n") else { return nil }
            let head = UnsafeRawBufferPointer(rebasing: bytes[..<end])
            let length = head.number(after: "ontent-Length: ") ?? head.number(after: "ontent-length: ") ?? 0
            return (end, length, head.number(after: "HTTP/1.1 ") ?? 0)
        }
        guard let head, buffer.readableBytes >= head.length + head.body else { return nil }
        buffer.moveReaderIndex(forwardBy: head.length)
        status = head.status
        body = buffer.readString(length: head.body) ?? ""
    }

    /// The rows that the answer says were saved.
    var savedRows: Int { count("svd") + count("p5") }

    /// The rows of a model that the answer says were saved.
    func count(_ model: String) -> Int {
        var body = body
        return body.withUTF8 { UnsafeRawBufferPointer($0).number(after: "\"\(model)_top_saved\":") ?? 0 }
    }
}

extension UnsafeRawBufferPointer {
    /// The place after the first appearance of a text.
    fileprivate func position(after text: StaticString) -> Int? {
        position(after: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private func position(after pattern: UnsafeRawBufferPointer) -> Int? {
        guard count >= pattern.count, let first = pattern.first else { return nil }
        for start in 0...(count - pattern.count) where self[start] == first {
            if self[start..<(start + pattern.count)].elementsEqual(pattern) { return start + pattern.count }
        }
        return nil
    }

    /// The digits after the first appearance of a text, as a number.
    fileprivate func number(after text: String) -> Int? {
        var text = text
        guard let start = text.withUTF8({ position(after: UnsafeRawBufferPointer($0)) }) else { return nil }
        var number: Int?
        for byte in self[start...] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
            number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }
}
