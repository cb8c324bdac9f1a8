package import FoldInSVD
package import P5
package import Scenarios

extension ServiceSettings {
    /// The settings of P5 that a scenario asks for, the deployed ones for what it leaves open.
    package var p5Options: P5Options {
        var options = P5Options(
            generationLimit: p5.generationLimit,
            beams: p5.beams,
            batch: batch,
            usesWholeWords: wholeWordEmbeddings,
            scoring: p5.scoring == .expected ? .expected : .text
        )
        if p5.mode == .softPrompt {
            var soft = SoftPromptOptions()
            soft.dropout = Float(p5.dropout)
            soft.seed = p5.seed ?? soft.seed
            options.mode = .softPrompt(soft)
        }
        return options
    }

    /// What an SVD score is made of.
    package var scoreFormula: ScoreFormula {
        switch svdRanking {
        case .factors: .factors
        case .biased: .biased
        }
    }

    /// The options of `coldstart serve` that ask for the same.
    var engineWords: [String] {
        var words: [String] = []
        if wholeWordEmbeddings { words.append("--whole-word") }
        if p5.mode == .softPrompt {
            words += ["--soft-prompt", "--dropout", "\(p5.dropout)"]
            if let seed = p5.seed { words += ["--shuffle-seed", "\(seed)"] }
        }
        if p5.beams > 1 { words += ["--beams", "\(p5.beams)"] }
        if p5.scoring != .text { words += ["--scoring", p5.scoring.rawValue] }
        if svdRanking != .factors { words += ["--svd-ranking", svdRanking.rawValue] }
        return words
    }
}
