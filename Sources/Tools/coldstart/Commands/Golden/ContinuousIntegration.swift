import ArgumentParser

/// Whether the command runs where nobody looks, so that it writes no golden and nothing beside one.
struct ContinuousIntegration: ParsableArguments {
    @Flag(help: "Write nothing, as where the variable CI is true.")
    var ci = false

    /// Whether nothing may be written.
    var forbidsWriting: Bool { ci || ["true", "1"].contains(processEnvironment["CI"]?.lowercased() ?? "") }

    /// Refuses a command whose whole work is to write.
    ///
    /// - Throws: The end with code 2.
    func refuse(_ what: String) throws {
        guard forbidsWriting else { return }
        throw CommandEnd.usage("\(what) writes, which nothing does in CI (--ci, or the variable CI); run it by hand")
    }
}

/// Who decides, and why.
struct DecisionArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Why; needed where candidates or counts changed.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("Who decides; default: the user who runs the command.", valueName: "name"))
    var by: String?
}
