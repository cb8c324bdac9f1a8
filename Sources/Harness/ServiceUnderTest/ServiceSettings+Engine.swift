import Domain
import Scenarios

extension ServiceSettings {
    /// The options of `coldstart serve` that ask for the same ranking.
    var engineWords: [String] {
        var words: [String] = []
        if p5.usesWholeWords { words.append("--whole-word") }
        if case .softPrompt(let soft) = p5.mode {
            words += ["--soft-prompt", "--dropout", "\(soft.dropout)"]
            if soft.seed != SoftPromptSettings.defaultSeed { words += ["--shuffle-seed", "\(soft.seed)"] }
        }
        if p5.beams > 1 { words += ["--beams", "\(p5.beams)"] }
        if p5.scoring != .text { words += ["--scoring", p5.scoring.rawValue] }
        if p5.precision != .float32 { words += ["--precision", p5.precision.rawValue] }
        if scoreFormula != .factors { words += ["--svd-ranking", scoreFormula.rawValue] }
        return words
    }
}
