#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Redaction {
    /// The redaction of what this process was given: the passwords of every address among its arguments and variables,
    /// `PGPASSWORD` and `WEBHOOK_SECRET`.
    ///
    /// The last gate of everything that the program writes, whatever part of it a text came from.
    package static let ofProcess = Redaction(
        arguments: CommandLine.arguments,
        environment: ProcessInfo.processInfo.environment
    )

    /// Creates the redaction of a process.
    package init(arguments: [String], environment: [String: String]) {
        let texts = (arguments + environment.values).map(AddressText.init)
        let named = ["PGPASSWORD", "WEBHOOK_SECRET"].compactMap { environment[$0] }
        let shown = ["PGUSER", "PGHOST", "PGDATABASE", "PGPORT"].compactMap { environment[$0] }
        self.init(texts.flatMap(\.secrets) + named, besides: texts.flatMap(\.shown) + shown)
    }
}
