import CLibPQ

/// The rows that a statement returned.
package final class PostgresRows: @unchecked Sendable, RandomAccessCollection {
    // Sendable: a PGresult is not changed after libpq has handed it out, libpq documents that it "can be passed around
    // freely between threads", and only deinit frees it.
    private let result: OpaquePointer

    package let startIndex = 0
    package let endIndex: Int

    /// Takes over a result, which is cleared with this object.
    init(owning result: OpaquePointer) {
        self.result = result
        self.endIndex = Int(PQntuples(result))
    }

    deinit {
        PQclear(result)
    }

    /// The command as the server names it when it is done, such as `COMMIT` or `INSERT 0 10`.
    var commandStatus: String { String(cString: PQcmdStatus(result)) }

    package subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "row \(position) of \(count)")
        return PostgresRow(rows: self, index: Int32(position))
    }

    /// The only value of the only row.
    ///
    /// - Throws: ``PostgresError`` (`unexpectedData`) where there is no row, or its first column is `NULL` or of
    ///   another type.
    package func single<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(PostgresError) -> Value {
        guard count == 1 else {
            throw PostgresError(.unexpectedData, "a query returned \(count) rows where one was expected")
        }
        return try self[0].value(0)
    }

    fileprivate func field<Value: PostgresDecodable>(
        row: Int32,
        column: Int
    ) throws(PostgresError) -> Value? {
        precondition(column >= 0 && column < Int(PQnfields(result)), "column \(column) of \(PQnfields(result))")
        let column = Int32(column)
        if PQgetisnull(result, row, column) != 0 { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column))
        )
        let type = PQftype(result, column)
        guard let value = Value(postgresBytes: bytes, type: type) else {
            throw PostgresError(
                .unexpectedData,
                "column \"\(name(of: column))\" holds a value of PostgreSQL type \(type) that is no "
                    + "\(Value.expectation); check the database's schema"
            )
        }
        return value
    }

    fileprivate func name(of column: Int32) -> String {
        PQfname(result, column).map { String(cString: $0) } ?? "\(column)"
    }
}

/// One row of a result.
package struct PostgresRow: Sendable {
    fileprivate let rows: PostgresRows
    fileprivate let index: Int32

    /// Decodes a column that may not be `NULL`.
    ///
    /// - Throws: ``PostgresError`` (`unexpectedData`) that names the column.
    package func value<Value: PostgresDecodable>(
        _ column: Int,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let value: Value = try rows.field(row: index, column: column) else {
            throw PostgresError(
                .unexpectedData,
                "column \"\(rows.name(of: Int32(column)))\" is NULL where a \(Value.expectation) was expected"
            )
        }
        return value
    }

    /// Decodes a column, `nil` where it is `NULL`.
    ///
    /// - Throws: ``PostgresError`` (`unexpectedData`) that names the column.
    package func optional<Value: PostgresDecodable>(
        _ column: Int,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value? {
        try rows.field(row: index, column: column)
    }
}
