package import Domain

extension GoldenHeader {
    /// Creates the header of rankings that are made now.
    ///
    /// - Parameters:
    ///   - maker: The program that makes them.
    ///   - state: The state that they are for.
    ///   - settings: The settings of P5.
    ///   - scoreFormula: What SVD scores are made of.
    ///   - inputs: The files that they follow from; what is not known is left empty.
    package init(
        maker: GoldenMaker,
        state: GoldenState,
        settings: P5Settings,
        scoreFormula: ScoreFormula,
        inputs: GoldenInputs
    ) {
        self.init(
            maker: maker,
            state: state,
            wholeWord: settings.usesWholeWords,
            mode: settings.label,
            generationLimit: settings.generationLimit,
            softPrompt: settings.mode.goldenSoftPrompt,
            scoring: settings.scoring,
            svdRanking: scoreFormula.rawValue,
            fingerprints: inputs.bundle ?? GoldenFingerprints(files: [:]),
            catalogueSHA256: inputs.catalogueSHA256 ?? "",
            sessionsSHA256: inputs.sessionsSHA256 ?? ""
        )
    }

    /// What SVD scores are made of, `nil` for a name that Coldstart does not know.
    package var scoreFormula: ScoreFormula? { ScoreFormula(rawValue: svdRanking) }

    /// Returns settings of P5 under which Coldstart ranks as the golden was made.
    ///
    /// - Parameter base: What changes speed and never results, such as the batch.
    /// - Returns: The settings; `nil` for a mode that Coldstart does not know.
    package func settings(from base: P5Settings) -> P5Settings? {
        var settings = base
        settings.usesWholeWords = wholeWord
        settings.generationLimit = generationLimit
        settings.scoring = scoring
        settings.mode = .inPrompt
        if let softPrompt {
            var soft = SoftPromptSettings()
            soft.virtualTokens = softPrompt.virtualTokens
            soft.dropout = softPrompt.dropout
            soft.seed = softPrompt.seed
            settings.mode = .softPrompt(soft)
        }
        for beams in P5Limits.beams.values {
            settings.beams = beams
            if settings.label == mode { return settings }
        }
        return nil
    }
}

extension P5Settings.Mode {
    /// The soft prompt in the words of goldens, `nil` where there is none.
    package var goldenSoftPrompt: GoldenSoftPrompt? {
        guard case .softPrompt(let settings) = self else { return nil }
        var soft = GoldenSoftPrompt()
        soft.virtualTokens = settings.virtualTokens
        soft.dropout = settings.dropout
        soft.seed = settings.seed
        return soft
    }
}
