import Domain
import SourcePlaces

extension ScenarioDecoder {
    /// Decodes `service`.
    func service(_ value: YAMLValue) throws(ScenarioError) -> ServiceSettings {
        let map = try value.mapping(keys: [
            "strategy", "bundle", "whole_word_embeddings", "batch", "environment", "lazy_first_request",
            "serving_time", "on_sigterm", "command", "p5", "svd", "cache", "precompute", "health_while_serving",
            "grpc_health",
        ])
        let strategy = try map.required("strategy").choice(of: InitialisationStrategy.self)
        if strategy != .lazy, let key = map["lazy_first_request"] {
            throw key.error("`lazy_first_request` has no effect with the strategy `\(strategy.rawValue)`; remove it")
        }
        let environment = try map.optional("environment", environment)
        var p5 = try map.optional("p5", p5) ?? P5Settings()
        p5.usesWholeWords =
            try map.optional("whole_word_embeddings") { (value) throws(ScenarioError) in
                try value.boolean()
            } ?? p5.usesWholeWords
        p5.batch =
            try map.optional("batch") { (value) throws(ScenarioError) in
                try value.integer(in: P5Limits.batch.values)
            } ?? p5.batch
        let defaults = ServiceSettings(strategy: strategy, bundle: try path(map.required("bundle")))
        return ServiceSettings(
            strategy: strategy,
            bundle: defaults.bundle,
            p5: p5,
            scoreFormula: try map.optional("svd", scoreFormula) ?? defaults.scoreFormula,
            requiredEnvironment: environment?.required ?? defaults.requiredEnvironment,
            missingEnvironment: environment?.missing ?? defaults.missingEnvironment,
            lazyFirstRequest: try map.optional("lazy_first_request") { (value) throws(ScenarioError) in
                try value.choice(of: LazyFirstRequest.self)
            } ?? defaults.lazyFirstRequest,
            servingTime: try map.optional("serving_time", servingTime) ?? defaults.servingTime,
            terminationBehaviour: try map.optional("on_sigterm", terminationBehaviour)
                ?? defaults.terminationBehaviour,
            command: try map.optional("command", command),
            cache: try map.optional("cache") { (value) throws(ScenarioError) in
                try value.integer(in: 1...1_000_000)
            } ?? defaults.cache,
            precompute: try map.optional("precompute") { (value) throws(ScenarioError) in
                try value.duration(in: .milliseconds(100) ... .seconds(3600))
            },
            isHealthBusy: try map.optional("health_while_serving") { (value) throws(ScenarioError) in
                try value.choice(of: [("answers", false), ("waits", true)])
            } ?? defaults.isHealthBusy,
            answersHealthChecks: try map.optional("grpc_health") { (value) throws(ScenarioError) in
                try value.boolean()
            } ?? defaults.answersHealthChecks
        )
    }

    private func command(_ value: YAMLValue) throws(ScenarioError) -> [String] {
        var words: [String] = []
        for element in try value.list(of: "words, the program first") {
            guard let word = element.scalarText, !word.unicodeScalars.contains("\0"), word.utf8.count <= 4096 else {
                throw element.mismatch("a word of a command")
            }
            words.append(word)
        }
        guard words.first?.isEmpty == false else { throw value.mismatch("a list of words, the program first") }
        return words
    }

    private func environment(
        _ value: YAMLValue
    ) throws(ScenarioError) -> (required: [String]?, missing: [String]?) {
        let map = try value.mapping(keys: ["required", "missing"])
        let required = try map.optional("required", variables)
        let known = required ?? ServiceSettings.defaultRequiredEnvironment
        let missing = try map.optional("missing") { (value) throws(ScenarioError) in
            for element in try value.list(of: "variable names") {
                let name = try variable(element)
                guard known.contains(name) else {
                    let hint = NearestName.hint(for: name, among: known)
                    throw element.error("`\(name)` is not among the required variables; \(hint)")
                }
            }
            return try variables(value)
        }
        return (required, missing)
    }

    private func variables(_ value: YAMLValue) throws(ScenarioError) -> [String] {
        var names: [String] = []
        for element in try value.list(of: "variable names") {
            let name = try variable(element)
            guard !names.contains(name) else { throw element.error("`\(name)` is given twice") }
            names.append(name)
        }
        return names
    }

    private func variable(_ value: YAMLValue) throws(ScenarioError) -> String {
        let what = "the name of an environment variable, such as `SUPABASE_URL`"
        let name = try value.text(what, limit: 200)
        let isPlain = name.utf8.allSatisfy { byte in
            (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "_")
        }
        guard isPlain, let first = name.utf8.first, !(0x30...0x39).contains(first) else { throw value.mismatch(what) }
        return name
    }

    private func servingTime(_ value: YAMLValue) throws(ScenarioError) -> ServingTime {
        let map = try value.mapping(keys: ["svd_only", "full", "cached"])
        let defaults = ServingTime()
        func duration(_ key: String) throws(ScenarioError) -> Duration? {
            try map.optional(key) { (value) throws(ScenarioError) in try value.duration(in: .zero ... .seconds(3600)) }
        }
        return ServingTime(
            svdOnly: try duration("svd_only") ?? defaults.svdOnly,
            full: try duration("full") ?? defaults.full,
            cached: try duration("cached") ?? defaults.cached
        )
    }

    private func terminationBehaviour(_ value: YAMLValue) throws(ScenarioError) -> TerminationBehaviour {
        guard value.isMapping else { return try value.choice(of: [("ignored", .ignored)]) }
        let map = try value.mapping(keys: ["exits_after"])
        return .exits(after: try map.required("exits_after").duration(in: .zero ... .seconds(3600)))
    }

    /// Decodes `stages`: durations, `measured`, or `measured` with some stages stated.
    func stages(_ value: YAMLValue) throws(ScenarioError) -> StageTimings {
        guard value.isMapping else {
            return try value.choice(of: [("measured", StageTimings(measuredFactor: 1))])
        }
        let map = try value.mapping(keys: ["measured", "boot"] + InitialisationStage.allCases.map(\.rawValue))
        var stated: [InitialisationStage: StageTiming] = [:]
        for stage in InitialisationStage.allCases {
            stated[stage] = try map.optional(stage.rawValue, timing)
        }
        return StageTimings(
            boot: try map.optional("boot", timing) ?? StageTimings.defaultBoot,
            stated: stated,
            measuredFactor: try map.optional("measured") { (value) throws(ScenarioError) in
                let map = try value.mapping(keys: ["cpu_factor"])
                return try map.required("cpu_factor").decimal(in: 0.001...10_000)
            }
        )
    }

    private func timing(_ value: YAMLValue) throws(ScenarioError) -> StageTiming {
        guard value.isMapping else { return StageTiming(duration: try value.duration()) }
        let map = try value.mapping(keys: ["duration", "threads"])
        return StageTiming(
            duration: try map.required("duration").duration(),
            threads: try map.optional("threads") { (value) throws(ScenarioError) in
                try value.integer(in: 1...1024)
            } ?? 1
        )
    }
}
