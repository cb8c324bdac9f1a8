import Domain

extension ScenarioDecoder {
    /// Decodes `service.p5`.
    func p5(_ value: YAMLValue) throws(ScenarioError) -> P5Settings {
        let map = try value.mapping(keys: [
            "mode", "dropout", "seed", "beams", "generation_limit", "scoring", "precision",
        ])
        var settings = P5Settings()
        settings.mode =
            try map.optional("mode") { (value) throws(ScenarioError) in
                try value.choice(of: P5Settings.Mode.named.map { ($0.name, $0) })
            } ?? settings.mode
        for key in ["dropout", "seed"] {
            if settings.mode == .inPrompt, let value = map[key] {
                throw value.error("`\(key)` has no effect without `mode: soft_prompt`; remove it")
            }
        }
        if case .softPrompt(var soft) = settings.mode {
            soft.dropout =
                try map.optional("dropout") { (value) throws(ScenarioError) in
                    try value.decimal(in: P5Limits.dropout.values)
                } ?? soft.dropout
            soft.seed =
                try map.optional("seed") { (value) throws(ScenarioError) in
                    UInt64(try value.integer(in: 0...Int.max))
                } ?? soft.seed
            settings.mode = .softPrompt(soft)
        }
        settings.beams =
            try map.optional("beams") { (value) throws(ScenarioError) in try value.integer(in: P5Limits.beams.values) }
            ?? settings.beams
        settings.generationLimit =
            try map.optional("generation_limit") { (value) throws(ScenarioError) in
                try value.integer(in: P5Limits.generationLimit.values)
            } ?? settings.generationLimit
        settings.scoring =
            try map.optional("scoring") { (value) throws(ScenarioError) in
                try value.choice(of: P5Settings.Scoring.self)
            } ?? settings.scoring
        if settings.scoring == .expected, settings.beams > 1, let key = map["scoring"] {
            throw key.error("`scoring: expected` needs greedy decoding; remove `beams`")
        }
        settings.precision =
            try map.optional("precision") { (value) throws(ScenarioError) in
                try value.choice(of: P5Settings.Precision.self)
            } ?? settings.precision
        if settings.precision == .verified, let key = map["precision"] {
            if settings.beams > 1 {
                throw key.error("`precision: verified` needs greedy decoding; remove `beams`")
            }
            if settings.scoring == .expected {
                throw key.error("`precision: verified` needs scores from texts; remove `scoring: expected`")
            }
        }
        return settings
    }

    /// Decodes `service.svd`.
    func scoreFormula(_ value: YAMLValue) throws(ScenarioError) -> ScoreFormula {
        let map = try value.mapping(keys: ["ranking"])
        return try map.required("ranking").choice(of: ScoreFormula.self)
    }
}
