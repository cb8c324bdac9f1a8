import Checks

/// The end of a command that is not a plain success.
struct CommandEnd: Error {
    /// The code to exit with.
    let exitCode: Checks.ExitCode
    /// What to tell the user on standard error; `nil` where the command has said it already.
    let message: String?

    /// A mistake in the arguments or in a file that the user wrote.
    static func usage(_ message: String) -> CommandEnd {
        CommandEnd(exitCode: .usage, message: message)
    }

    /// Something on this machine, or in the harness itself, that keeps the command from its work.
    static func environment(_ message: String) -> CommandEnd {
        CommandEnd(exitCode: .environment, message: message)
    }
}
