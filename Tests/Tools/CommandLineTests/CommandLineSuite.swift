import Testing

/// Tests of the program as a process, one at a time: each starts a server of its own.
@Suite(.serialized) enum CommandLineSuite {}
