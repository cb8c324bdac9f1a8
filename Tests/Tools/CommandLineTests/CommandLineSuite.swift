import Testing

/// Tests of the program as a process, two at a time: one of a run, and one of what is done with files.
@Suite enum CommandLineSuite {
    /// Tests that run scenarios or look at tables; each starts a server of its own.
    @Suite(.serialized) enum OfRuns {}
    /// Tests of commands that work on files, of which few start a server.
    @Suite(.serialized) enum OfFiles {}
}
