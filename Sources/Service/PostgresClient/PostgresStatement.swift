/// A statement with its values, which a connection prepares when it first comes and then only binds.
package struct PostgresStatement: Sendable {
    /// The text of a statement and the name under which connections prepare it.
    package struct Text: Hashable, Sendable {
        /// The statement; values are written `$1`, `$2`, ….
        let sql: String
        /// A name that follows from the text alone: where a pooler hands a server process to several clients, the same
        /// name never stands for another statement.
        let name: String

        /// Creates a text.
        ///
        /// - Complexity: O(*n*) in its length.
        package init(_ sql: String) {
            self.sql = sql
            // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
            let hash = sql.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
            name = "coldstart_" + String(hash, radix: 16)
        }
    }

    /// The statement.
    let text: Text
    /// The values of `$1`, `$2`, ….
    let parameters: [PostgresParameter]

    /// Creates a statement with its values.
    package init(_ text: Text, _ parameters: [PostgresParameter] = []) {
        self.text = text
        self.parameters = parameters
    }
}

extension PostgresStatement {
    /// Commits a transaction.
    static let commit = PostgresStatement(Text("COMMIT"))
}
