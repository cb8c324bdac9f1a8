/// The settings under which every transaction runs, made for it alone.
///
/// What is set ends with the transaction, so that nothing is left where a pooler hands the server process to another
/// client, and nothing that a server, a database, a role or such a client has set changes what a statement means.
struct SessionSettings: Hashable, Sendable {
    /// Where names are looked up.
    let searchPath: String
    /// How long a statement may take in milliseconds, 0 for any time.
    let statementMilliseconds: Int

    /// The statement that makes the settings, for the beginning of a transaction.
    func statement(for mode: TransactionMode) -> PostgresStatement {
        PostgresStatement(
            Self.text,
            [
                .text(searchPath), .text(String(statementMilliseconds)), .text(mode.refusesHiddenRows ? "off" : "on"),
            ]
        )
    }

    /// Settings that decide what a text means or how a value is written, each with PostgreSQL's own default; and those
    /// that would end a transaction, which has its own limit.
    private static let fixed = [
        ("client_encoding", "UTF8"), ("TimeZone", "UTC"), ("DateStyle", "ISO, MDY"), ("IntervalStyle", "postgres"),
        ("extra_float_digits", "1"), ("bytea_output", "hex"), ("standard_conforming_strings", "on"),
        ("backslash_quote", "safe_encoding"), ("array_nulls", "on"), ("quote_all_identifiers", "off"),
        ("transform_null_equals", "off"), ("lock_timeout", "0"), ("idle_in_transaction_session_timeout", "0"),
    ]

    /// `synchronous_commit` is raised to what an answer promises, and never lowered; `transaction_timeout` is known to
    /// PostgreSQL 17 and newer.
    private static let text = PostgresStatement.Text(
        """
        SELECT set_config('search_path', $1, true), set_config('statement_timeout', $2, true),
            set_config('row_security', $3, true),
            \(fixed.map { "set_config('\($0)', '\($1)', true)" }.joined(separator: ", ")),
            CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', true) END,
            CASE WHEN current_setting('transaction_timeout', true) <> '0'
                THEN set_config('transaction_timeout', '0', true) END
        """
    )
}
