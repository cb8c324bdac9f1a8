import Testing

/// Tests that run whole scenarios, one at a time: each starts a server of its own.
@Suite(.serialized) enum ReplaySuite {}
