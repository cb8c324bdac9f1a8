import Testing

@testable import StartupDiagnosis

struct StagePatternsTests {
    private let patterns = StagePatterns()

    @Test(arguments: [
        ("loading embeddings", "embeddings", true), ("loaded embeddings", "embeddings", false),
        ("embeddings: load started", "embeddings load", true), ("embeddings: load finished", "embeddings load", false),
        ("Application startup complete.", "application startup", false),
        ("Loading model weights...", "model weights", true),
        ("model weights loaded in 3.2s", "model weights", false),
        ("INFO: app: Downloading T5 (300 MB)", "info app t5", true),
        ("Model loaded successfully", "model", false), ("migrations done", "migrations", false),
        ("stage finished stage=svd milliseconds=1022", "svd", false),
    ])
    func `lines of programs mark stages`(line: String, name: String, begins: Bool) throws {
        let stage = try #require(patterns.stage(in: line))
        #expect(stage.name == name)
        if case .begins = stage.edge { #expect(begins) } else { #expect(!begins) }
    }

    @Test(arguments: [
        "ready: update(ok=True, msg=\"ready\")  # only after everything is loaded",
        "**Before**: Service marked as ready only after loading all models",
        "the service was shut down while it was loading its models, before anything had been saved",
        "set status = \"loaded\"", "We were done with the fix when it started failing again", "done", "loading",
        "if the checkpoint is loaded, P5 ranks; otherwise SVD ranks alone",
    ])
    func `sentences and code mark none`(line: String) {
        #expect(patterns.stage(in: line) == nil, "\(patterns.stage(in: line)?.name ?? "")")
    }
}
