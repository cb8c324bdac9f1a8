package import Domain

/// A value bound to `$1`, `$2`, … of a statement, sent in PostgreSQL's binary format.
///
/// Whole numbers travel as `bigint` and narrow on assignment; a value out of a column's range is the server's error.
/// Arrays are for `unnest`, which inserts any number of rows with one statement.
/// Formats: the `…recv` functions of PostgreSQL 15, and `array_recv` for arrays.
package enum PostgresParameter: Hashable, Sendable {
    /// A `text`; it may not hold the character U+0000, which PostgreSQL refuses.
    case text(String)
    /// A `bigint`.
    case integer(Int)
    /// A `double precision`, also infinite or not a number.
    case double(Double)
    /// A `timestamptz`.
    case moment(Timestamp)
    /// A `text[]`.
    case texts([String?])
    /// A `bigint[]`.
    case integers([Int?])
    /// A `double precision[]`.
    case doubles([Double?])
    /// A `timestamptz[]`.
    case moments([Timestamp])

    /// A session's id as text; the statement casts it to `uuid`.
    package static func session(_ session: SessionID) -> PostgresParameter { .text(session.text) }

    /// Sessions' ids as text; the statement casts them to `uuid[]`.
    package static func sessions(_ sessions: [SessionID]) -> PostgresParameter { .texts(sessions.map(\.text)) }

    /// The type's object id in `pg_type`.
    var type: UInt32 {
        switch self {
        case .text: 25
        case .integer: 20
        case .double: 701
        case .moment: 1184
        case .texts: 1009
        case .integers: 1016
        case .doubles: 1022
        case .moments: 1185
        }
    }

    /// Appends the value's binary form.
    ///
    /// - Complexity: O(*n*) in the size of the value.
    func encode(into buffer: inout [UInt8]) {
        switch self {
        case .text(let text): buffer.append(contentsOf: text.utf8)
        case .integer(let value): Self.append(Int64(value), to: &buffer)
        case .double(let value): Self.append(value.bitPattern, to: &buffer)
        case .moment(let moment): Self.append(moment.microsecondsSince2000, to: &buffer)
        case .texts(let texts):
            Self.appendArray(texts, of: 25, to: &buffer) { buffer, text in
                Self.append(Int32(text.utf8.count), to: &buffer)
                buffer.append(contentsOf: text.utf8)
            }
        case .integers(let values):
            Self.appendArray(values, of: 20, to: &buffer) { buffer, value in
                Self.append(Int32(8), to: &buffer)
                Self.append(Int64(value), to: &buffer)
            }
        case .doubles(let values):
            Self.appendArray(values, of: 701, to: &buffer) { buffer, value in
                Self.append(Int32(8), to: &buffer)
                Self.append(value.bitPattern, to: &buffer)
            }
        case .moments(let moments):
            Self.appendArray(moments, of: 1184, to: &buffer) { buffer, moment in
                Self.append(Int32(8), to: &buffer)
                Self.append(moment.microsecondsSince2000, to: &buffer)
            }
        }
    }

    private static func append(_ value: some FixedWidthInteger, to buffer: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
    }

    private static func appendArray<Element>(
        _ elements: [Element?],
        of type: UInt32,
        to buffer: inout [UInt8],
        element: (inout [UInt8], Element) -> Void
    ) {
        append(Int32(elements.isEmpty ? 0 : 1), to: &buffer)
        append(Int32(elements.contains { $0 == nil } ? 1 : 0), to: &buffer)
        append(type, to: &buffer)
        guard !elements.isEmpty else { return }
        append(Int32(elements.count), to: &buffer)
        append(Int32(1), to: &buffer)
        for value in elements {
            if let value {
                element(&buffer, value)
            } else {
                append(Int32(-1), to: &buffer)
            }
        }
    }
}

extension Timestamp {
    /// 2000-01-01T00:00:00Z, from which PostgreSQL counts, in microseconds since the Unix epoch.
    private static let postgresEpoch: Int64 = 946_684_800_000_000

    /// PostgreSQL's binary form of the moment.
    var microsecondsSince2000: Int64 { microseconds &- Self.postgresEpoch }

    /// Creates a moment from PostgreSQL's binary form, `nil` for its infinities.
    init?(microsecondsSince2000 value: Int64) {
        let (sum, overflow) = value.addingReportingOverflow(Self.postgresEpoch)
        if overflow || value == .min { return nil }
        self.init(microseconds: sum)
    }
}
