/// Defaults of a database or a role that decide what statements mean, each turned another way than PostgreSQL's own.
package enum UnusualDefaults {
    /// The settings, by name.
    ///
    /// A transaction may idle for so long that a client beside many others gets a processor between two statements: a
    /// transaction that failed is under the default again until it is rolled back.
    package static let settings = [
        ("default_transaction_isolation", "'serializable'"), ("default_transaction_read_only", "on"),
        ("default_transaction_deferrable", "on"), ("search_path", "''"), ("\"DateStyle\"", "'SQL, DMY'"),
        ("\"IntervalStyle\"", "'sql_standard'"), ("\"TimeZone\"", "'Asia/Kathmandu'"),
        ("standard_conforming_strings", "off"), ("backslash_quote", "off"), ("bytea_output", "'escape'"),
        ("extra_float_digits", "-15"), ("array_nulls", "off"), ("quote_all_identifiers", "on"),
        ("transform_null_equals", "on"), ("xmlbinary", "'hex'"), ("row_security", "off"),
        ("statement_timeout", "'700ms'"), ("lock_timeout", "'50ms'"),
        ("idle_in_transaction_session_timeout", "'30s'"), ("synchronous_commit", "off"),
        ("client_min_messages", "'debug1'"), ("enable_seqscan", "off"), ("plan_cache_mode", "'force_generic_plan'"),
        ("synchronize_seqscans", "off"),
    ]

    /// The statements that make them.
    ///
    /// - Parameter owner: Whose they are, such as `DATABASE movies` or `ROLE app`.
    /// - Returns: A script.
    package static func script(for owner: String) -> String {
        settings.map { "ALTER \(owner) SET \($0.0) = \($0.1);" }.joined(separator: "\n")
    }
}
