import ArgumentParser
import PostgresClient
import Replay

/// The value of `--db`: `drop`, `keep`, or the address of a database.
struct DatabaseArgument: ExpressibleByArgument, Sendable {
    private let text: String

    init?(argument: String) {
        text = argument
    }

    /// The database that the text means.
    ///
    /// - Throws: `PostgresError` for an address that cannot be parsed; it does not repeat the text.
    var database: RunOptions.Database {
        get throws(PostgresError) {
            switch text {
            case "drop": .throwAway
            case "keep": .kept
            default: .existing(try PostgresAddress(text))
            }
        }
    }
}
