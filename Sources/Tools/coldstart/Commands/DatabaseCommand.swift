import ArgumentParser

/// `coldstart db`: looks into a database, and removes from it what runs have left.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Audits the rows of a database; removes the sessions that killed runs have left in it.",
        subcommands: [VerifyCommand.self, CleanCommand.self]
    )
}
