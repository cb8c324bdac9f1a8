import ArgumentParser

/// `coldstart db`: looks into a database without changing it.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Looks into a database without changing it.",
        subcommands: [VerifyCommand.self]
    )
}
