import ArgumentParser
import Domain

/// How both models score: the options that `rank` and `serve` share.
struct EngineArguments: ParsableArguments {
    @Flag(help: "Add P5's whole-word embeddings, which the deployed service leaves out.")
    var wholeWord = false

    @Flag(help: "Train virtual tokens on each session's ratings before P5 scores, as production does.")
    var softPrompt = false

    @Option(help: ArgumentHelp("The dropout of that training: 0.1 in production, 0 for goldens.", valueName: "share"))
    var dropout = 0.0

    @Option(help: ArgumentHelp("What the order of that training's examples follows from.", valueName: "n"))
    var shuffleSeed: UInt64?

    @Option(help: ArgumentHelp("The texts that a beam search follows at once; 1 for greedy decoding.", valueName: "n"))
    var beams = 1

    @Option(
        help: ArgumentHelp(
            "What a P5 score is: text, the number in it, or expected, weighted by probabilities.",
            valueName: "name"
        )
    )
    var scoring = P5Settings.Scoring.text

    @Option(
        help: ArgumentHelp(
            "verified: P5 decides in int8 what its margins allow, the rest in float32; the same results.",
            valueName: "name"
        )
    )
    var precision = P5Settings.Precision.float32

    @Option(
        help: ArgumentHelp(
            "Keeps the bounds of --precision verified in this folder, by model, and uses those that are there.",
            valueName: "folder"
        )
    )
    var calibrations: String?

    @Option(help: ArgumentHelp("What an SVD score is made of: factors or biased.", valueName: "name"))
    var svdRanking = ScoreFormula.factors

    /// What an SVD score is made of.
    var scoreFormula: ScoreFormula { svdRanking }

    /// Checks what the parser cannot.
    func check() throws {
        guard P5Limits.dropout.values.contains(dropout) else {
            throw ValidationError("--dropout is \(P5Limits.dropout.expectation), found \(dropout).")
        }
        if dropout > 0, !softPrompt { throw ValidationError("--dropout has no effect without --soft-prompt.") }
        guard P5Limits.beams.values.contains(beams) else {
            throw ValidationError("--beams is \(P5Limits.beams.expectation), found \(beams).")
        }
        if beams > 1, scoring == .expected {
            throw ValidationError("--scoring expected needs greedy decoding; leave --beams out.")
        }
        if precision == .verified {
            if beams > 1 {
                throw ValidationError(
                    "--precision verified needs greedy decoding: a beam search compares sums of probabilities; leave "
                        + "--beams out."
                )
            }
            if scoring == .expected {
                throw ValidationError(
                    "--precision verified needs --scoring text: an expected rating follows from every digit of a "
                        + "probability."
                )
            }
        }
        if calibrations != nil, precision != .verified {
            throw ValidationError("--calibrations has no effect without --precision verified.")
        }
        if calibrations == "" { throw ValidationError("--calibrations is a folder, found no name.") }
        if shuffleSeed != nil, !softPrompt {
            throw ValidationError("--shuffle-seed has no effect without --soft-prompt.")
        }
    }

    /// Returns P5's settings of the environment with what was asked for.
    ///
    /// - Throws: `SettingError` for a variable that makes no sense.
    func settings() throws -> P5Settings {
        var settings = P5Settings()
        try settings.read(processEnvironment)
        apply(to: &settings)
        return settings
    }

    /// Sets what was asked for.
    func apply(to settings: inout P5Settings) {
        settings.usesWholeWords = wholeWord
        settings.beams = beams
        settings.scoring = scoring
        settings.precision = precision
        if softPrompt {
            var soft = SoftPromptSettings()
            soft.dropout = dropout
            soft.seed = shuffleSeed ?? soft.seed
            settings.mode = .softPrompt(soft)
        }
    }
}

extension ScoreFormula: ExpressibleByArgument {}
extension P5Settings.Scoring: ExpressibleByArgument {}
extension P5Settings.Precision: ExpressibleByArgument {}
