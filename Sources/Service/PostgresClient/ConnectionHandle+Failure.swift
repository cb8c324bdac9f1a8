import CLibPQ

extension ConnectionHandle {
    /// The error that a result of libpq, or else the connection, stands for.
    ///
    /// - Parameters:
    ///   - result: What the server answered; `nil` where nothing came.
    ///   - sql: The statement, of which the beginning is told.
    /// - Returns: The error with what to do, by its SQLSTATE.
    func failure(of result: OpaquePointer?, sql: String?) -> PostgresError {
        func field(_ code: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(code.value)).map { words($0) }
        }
        let sqlState = field("C")
        // Only the primary message, for the detail may quote values; so may the end of a message about bad data.
        var said = field("M") ?? words(PQerrorMessage(pointer))
        if sqlState?.hasPrefix("22") == true, let quote = said.firstRange(of: ": ") {
            said = String(said[..<quote.lowerBound])
        }
        // In a pipeline the server's last message arrives before the end of the stream is seen.
        let isFatal = ["FATAL", "PANIC"].contains(field("V"))
        if isFatal || PostgresError.endsSession(sqlState) || PQstatus(pointer) != CONNECTION_OK {
            return PostgresError(
                .connectionLost,
                "the connection to \(place) was lost: \(said); see the server's log, "
                    + "then try again",
                sqlState: sqlState
            )
        }
        let statement = sql.map { PostgresError.oneLine($0).prefix(while: { $0 != "(" && $0 != "$" }).prefix(60) } ?? ""
        let start = statement.trimmedAtEnd
        if sqlState == "57014" {
            return PostgresError(
                .statementCancelled,
                "\(place) cancelled \"\(start) …\": \(said); see what holds it up, then try again",
                sqlState: sqlState
            )
        }
        return PostgresError(
            .statementFailed,
            "\(place) refused \"\(start) …\": \(said)\(PostgresError.advice(for: sqlState))",
            sqlState: sqlState
        )
    }
}

extension PostgresError {
    /// Whether a server that says this has ended, or ends, the session.
    fileprivate static func endsSession(_ sqlState: String?) -> Bool {
        guard let sqlState else { return false }
        return ["57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04"].contains(sqlState)
            || sqlState.hasPrefix("08")
    }

    /// What to do about a refused statement, by its SQLSTATE.
    ///
    /// Codes: <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
    fileprivate static func advice(for sqlState: String?) -> String {
        switch sqlState {
        case "42P01", "42703":
            "; create the tables with scenarios/schema.sql, or name their schema with options='-c search_path=…' in the "
                + "address"
        case "42501":
            "; grant the user the rights on the tables of scenarios/schema.sql, or where row security hides rows from it "
                + "sign in as their owner or as a role with BYPASSRLS"
        case "25006": "; this server only reads: give the address of the primary"
        case "55000": "; where the table is published, give it a key or ALTER TABLE … REPLICA IDENTITY FULL"
        case "40001", "40P01", "55P03": "; others were writing the same rows: try again"
        case "23503": "; a foreign key of the database does not allow it"
        case "53100": "; the server's disk is full"
        default: ""
        }
    }
}

extension Substring {
    fileprivate var trimmedAtEnd: Substring {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
