import Domain
import Goldens

/// Under what P5 makes its texts, as verdicts name it: equal texts mean that rankings may be compared.
private func conditionText(mode: String, generationLimit: Int, softPrompt: GoldenSoftPrompt?) -> String {
    var parts = ["P5's mode \(mode)"]
    if let softPrompt {
        parts += [
            "\(softPrompt.virtualTokens) virtual tokens", "dropout \(softPrompt.dropout)", "seed \(softPrompt.seed)",
        ]
    }
    return (parts + ["generation limit \(generationLimit)"]).joined(separator: ", ")
}

extension GoldenHeader {
    /// Under what P5 made the golden's texts.
    var p5Conditions: String {
        conditionText(mode: mode, generationLimit: generationLimit, softPrompt: softPrompt)
    }
}

extension P5Settings {
    /// Under what P5 makes a service's texts.
    var conditions: String {
        conditionText(mode: label, generationLimit: generationLimit, softPrompt: mode.goldenSoftPrompt)
    }
}
