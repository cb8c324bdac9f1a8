import ContainerPlatform
import SourcePlaces

extension ScenarioDecoder {
    /// The platform of a scenario that says nothing about it.
    func defaultPlatform(at location: SourceLocation) -> PlatformConditions {
        PlatformConditions(probe: Located(.cloudRunDefault, at: location))
    }

    /// Decodes `platform`.
    func platform(_ value: YAMLValue) throws(ScenarioError) -> PlatformConditions {
        let map = try value.mapping(keys: ["profile", "cpu", "request_timeout", "probe"])
        var profile =
            try map.optional("profile") { (value) throws(ScenarioError) in
                try value.choice(of: [(PlatformProfile.cloudRun.name, PlatformProfile.cloudRun)])
            } ?? .cloudRun
        if let timeout = map["request_timeout"] {
            profile.requestTimeout = try timeout.duration(in: .seconds(1) ... .seconds(3600))
        }
        return PlatformConditions(
            profile: profile,
            cpu: try map.optional("cpu", cpu) ?? CPUAllocation(),
            probe: try map.located("probe", probe) ?? value.located(.cloudRunDefault)
        )
    }

    private func cpu(_ value: YAMLValue) throws(ScenarioError) -> CPUAllocation {
        let map = try value.mapping(keys: ["limit", "billing", "startup_boost"])
        return CPUAllocation(
            limit: try map.optional("limit") { (value) throws(ScenarioError) in
                try value.decimal(in: 0.08...64)
            } ?? 1,
            billing: try map.optional("billing") { (value) throws(ScenarioError) in
                try value.choice(of: [("request", .requestBased), ("instance", .instanceBased)])
            } ?? .requestBased,
            startupBoost: try map.optional("startup_boost") { (value) throws(ScenarioError) in
                try value.boolean()
            } ?? true
        )
    }

    /// Decodes a probe without judging it; only sizes that no platform could mean are refused.
    private func probe(_ value: YAMLValue) throws(ScenarioError) -> ProbeConfiguration {
        guard value.isMapping else {
            return try value.choice(of: [("default", .cloudRunDefault)])
        }
        let map = try value.mapping(
            keys: ["type", "path", "port", "initial_delay", "timeout", "period", "failure_threshold"]
        )
        let isHTTP = try map.required("type").choice(of: [("http", true), ("tcp", false)])
        let port = try map.optional("port") { (value) throws(ScenarioError) in
            try value.integer(in: 0...1_000_000)
        }
        if !isHTTP, let path = map["path"] {
            throw path.error("`path` belongs to probes of the type `http`; a `tcp` probe only connects")
        }
        func duration(_ key: String) throws(ScenarioError) -> Duration? {
            try map.optional(key) { (value) throws(ScenarioError) in try value.duration() }
        }
        let path = try map.optional("path") { (value) throws(ScenarioError) in try value.text("a path") }
        let handler: ProbeHandler = isHTTP ? .http(path: path ?? "/", port: port) : .tcp(port: port)
        var probe = ProbeConfiguration.fieldDefaults(for: handler)
        probe.initialDelay = try duration("initial_delay") ?? probe.initialDelay
        probe.timeout = try duration("timeout") ?? probe.timeout
        probe.period = try duration("period") ?? probe.period
        if let threshold = map["failure_threshold"] {
            probe.failureThreshold = try threshold.integer(in: 0...1_000_000)
        }
        return probe
    }
}
