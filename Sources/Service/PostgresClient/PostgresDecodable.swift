package import Domain

/// A value that can be read from a column in PostgreSQL's binary format.
package protocol PostgresDecodable {
    /// What a column should hold, for error messages.
    static var expectation: String { get }

    /// Decodes a column's bytes; `nil` where the type or the length does not fit.
    ///
    /// - Parameters:
    ///   - bytes: The column's value in binary format.
    ///   - type: The object id of the column's type in `pg_type`.
    init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32)
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian<Integer: FixedWidthInteger>(_: Integer.Type) -> Integer? {
        guard count == MemoryLayout<Integer>.size else { return nil }
        return Integer(bigEndian: loadUnaligned(as: Integer.self))
    }
}

extension Int: PostgresDecodable {
    package static var expectation: String { "whole number" }

    package init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        let value: Int? =
            switch type {
            case 21: bytes.bigEndian(Int16.self).map(Int.init)
            case 23: bytes.bigEndian(Int32.self).map(Int.init)
            case 20: bytes.bigEndian(Int64.self).map(Int.init)
            default: nil
            }
        guard let value else { return nil }
        self = value
    }
}

extension Double: PostgresDecodable {
    package static var expectation: String { "number" }

    package init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        let value: Double? =
            switch type {
            case 700: bytes.bigEndian(UInt32.self).map { Double(Float(bitPattern: $0)) }
            case 701: bytes.bigEndian(UInt64.self).map(Double.init(bitPattern:))
            default: nil
            }
        guard let value else { return nil }
        self = value
    }
}

extension String: PostgresDecodable {
    package static var expectation: String { "text" }

    package init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        // text, varchar, bpchar, name
        guard [25, 1043, 1042, 19].contains(type) else { return nil }
        // Nearly all texts are ASCII, which needs no validation of a dearer kind.
        if bytes.allSatisfy({ $0 < 0x80 }) {
            self.init(decoding: bytes, as: UTF8.self)
        } else {
            self.init(validating: bytes, as: UTF8.self)
        }
    }
}

extension MovieID: PostgresDecodable {
    package static var expectation: String { String.expectation }

    package init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        guard let text = String(postgresBytes: bytes, type: type) else { return nil }
        self.init(text)
    }
}

extension Bool: PostgresDecodable {
    package static var expectation: String { "boolean" }

    package init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        guard type == 16, let byte = bytes.bigEndian(UInt8.self) else { return nil }
        self = byte != 0
    }
}

extension Timestamp: PostgresDecodable {
    package static var expectation: String { "finite timestamp" }

    package init?(postgresBytes bytes: UnsafeRawBufferPointer, type: UInt32) {
        // timestamptz, timestamp
        guard [1184, 1114].contains(type), let value = bytes.bigEndian(Int64.self) else { return nil }
        self.init(microsecondsSince2000: value)
    }
}
