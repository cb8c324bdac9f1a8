import ContainerPlatform
import SourcePlaces

extension ScenarioDecoder {
    /// The platform of a scenario that says nothing about it.
    func defaultPlatform(at location: SourceLocation) -> PlatformConditions {
        PlatformConditions(probe: Located(.cloudRunDefault, at: location))
    }

    /// Decodes `platform`.
    func platform(_ value: YAMLValue) throws(ScenarioError) -> PlatformConditions {
        let common = ["profile", "cpu", "request_timeout", "probe", "liveness", "readiness"]
        let map = try value.mapping(
            keys: common + Self.platformKeys
        )
        var profile =
            try map.optional("profile") { (value) throws(ScenarioError) in
                try value.choice(of: PlatformProfile.all.map { ($0.name, $0) })
            } ?? .cloudRun
        try requireEffect(of: map, under: profile)
        if let timeout = map["request_timeout"] {
            profile.requestTimeout = try timeout.duration(in: .seconds(1) ... .seconds(3600))
        }
        guard profile.kubelet != nil else { return try cloudRun(map, profile, in: value) }
        return try kubelet(map, profile, in: value)
    }

    /// Refuses keys that mean nothing on a platform.
    private func requireEffect(of map: YAMLMapping, under profile: PlatformProfile) throws(ScenarioError) {
        var foreign = Self.platformKeys.filter { $0 != "limits" }
        if profile.kubelet != nil {
            foreign = profile.progressDeadline == nil ? ["limits", "progress_deadline"] : ["limits", "port_name"]
        }
        for key in foreign {
            guard let value = map[key] else { continue }
            throw value.error("`\(key)` has no effect with the profile `\(profile.name)`; remove it")
        }
    }

    /// The keys that some platforms have and others do not.
    private static let platformKeys = [
        "limits", "grace", "container_creation", "kubelet_uptime", "watch", "progress_deadline", "port_name",
    ]

    private func cloudRun(
        _ map: YAMLMapping,
        _ base: PlatformProfile,
        in value: YAMLValue
    ) throws(ScenarioError) -> PlatformConditions {
        var profile = base
        profile.limits =
            try map.optional("limits") { (value) throws(ScenarioError) in try value.choice(of: ProbeLimits.self) }
            ?? .disputed
        return PlatformConditions(
            profile: profile,
            cpu: try map.optional("cpu", cpu) ?? CPUAllocation(),
            probe: try map.located("probe") { (value) throws(ScenarioError) in
                guard value.isMapping else { return try value.choice(of: [("default", .cloudRunDefault)]) }
                return try probe(value, .startup, under: profile)
            } ?? value.located(.cloudRunDefault),
            liveness: try map.located("liveness") { (value) throws(ScenarioError) in
                try probe(value, .liveness, under: profile)
            },
            readiness: try map.located("readiness") { (value) throws(ScenarioError) in
                try probe(value, .readiness, under: profile)
            }
        )
    }

    private func kubelet(
        _ map: YAMLMapping,
        _ base: PlatformProfile,
        in value: YAMLValue
    ) throws(ScenarioError) -> PlatformConditions {
        var profile = base
        profile.portName = try map.optional("port_name", portName)
        func duration(_ key: String, in range: ClosedRange<Duration>) throws(ScenarioError) -> Duration? {
            try map.optional(key) { (value) throws(ScenarioError) in try value.duration(in: range) }
        }
        let creation = try duration("container_creation", in: .zero ... .seconds(3600))
        profile.kubelet?.containerCreation = creation ?? .zero
        if let uptime = try duration("kubelet_uptime", in: .zero ... .seconds(86_400)) {
            profile.kubelet?.uptime = uptime
        }
        // The grace of a revision of Knative is its request timeout.
        if profile.progressDeadline != nil { profile.terminationGrace = profile.requestTimeout }
        profile.terminationGrace = try duration("grace", in: .zero ... .seconds(3600)) ?? profile.terminationGrace
        if let deadline = map["progress_deadline"] {
            profile.progressDeadline = try deadline.duration(in: .seconds(1) ... .seconds(86_400))
        }
        let startup = try map.located("probe") { (value) throws(ScenarioError) in
            guard value.isMapping else { return try value.choice(of: [("none", ProbeConfiguration?.none)]) }
            return try probe(value, .startup, under: profile)
        }
        let readiness = try map.located("readiness") { (value) throws(ScenarioError) in
            try probe(value, .readiness, under: profile)
        }
        return PlatformConditions(
            profile: profile,
            cpu: try map.optional("cpu", alwaysAllocated)
                ?? CPUAllocation(billing: .instanceBased, startupBoost: false),
            probe: (startup ?? value.located(nil)).map { $0 ?? .fieldDefaults(for: .tcp(port: nil)) },
            hasStartupProbe: startup?.value != nil,
            liveness: try map.located("liveness") { (value) throws(ScenarioError) in
                try probe(value, .liveness, under: profile)
            },
            readiness: readiness ?? (profile.progressDeadline == nil ? nil : value.located(Self.knativeReadiness)),
            watch: try duration("watch", in: .seconds(1) ... .seconds(86_400)) ?? .seconds(600)
        )
    }

    /// The readiness probe that Knative adds: TCP on the container's port, aggressive.
    private static var knativeReadiness: ProbeConfiguration {
        aggressive(.fieldDefaults(for: .tcp(port: nil)))
    }

    /// The kubelet's probe of a queue-proxy that asks aggressively: every second, for up to 10 s.
    private static func aggressive(_ probe: ProbeConfiguration) -> ProbeConfiguration {
        var probe = probe
        probe.period = .seconds(1)
        probe.timeout = ReadinessPoll.limit
        probe.isAggressive = true
        return probe
    }

    /// The CPU of a platform that neither withdraws nor boosts it.
    private func alwaysAllocated(_ value: YAMLValue) throws(ScenarioError) -> CPUAllocation {
        let map = try value.mapping(keys: ["limit"])
        return CPUAllocation(
            limit: try map.required("limit").decimal(in: 0.08...64),
            billing: .instanceBased,
            startupBoost: false
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
    private func probe(
        _ value: YAMLValue,
        _ kind: ProbeKind,
        under profile: PlatformProfile
    ) throws(ScenarioError) -> ProbeConfiguration {
        var keys = ["type", "path", "service", "port", "initial_delay", "timeout", "period", "failure_threshold"]
        if kind == .readiness || profile.kubelet != nil { keys.append("success_threshold") }
        if kind != .readiness, profile.kubelet != nil { keys.append("grace") }
        let map = try value.mapping(keys: keys)
        func duration(_ key: String) throws(ScenarioError) -> Duration? {
            try map.optional(key) { (value) throws(ScenarioError) in try value.duration() }
        }
        func count(_ key: String) throws(ScenarioError) -> Int? {
            try map.optional(key) { (value) throws(ScenarioError) in try value.integer(in: 0...1_000_000) }
        }
        var named: PortName?
        if let port = map["port"] { named = try name(in: port, under: profile) }
        var probe = ProbeConfiguration.fieldDefaults(for: try handler(map, hasNumber: named == nil))
        if let named, named != profile.portName { probe.unknownPort = named }
        probe.initialDelay = try duration("initial_delay") ?? probe.initialDelay
        probe.successThreshold =
            try count("success_threshold") ?? (kind == .readiness && profile.kubelet == nil ? 2 : 1)
        probe.terminationGrace = try duration("grace")
        let period = try duration("period")
        if kind == .readiness, profile.progressDeadline != nil, (period ?? .zero) == .zero {
            for key in ["timeout", "failure_threshold"] {
                guard let value = map[key] else { continue }
                throw value.error(
                    "`\(key)` must be left out where Knative probes aggressively; state a `period` with it"
                )
            }
            return Self.aggressive(probe)
        }
        probe.timeout = try duration("timeout") ?? probe.timeout
        probe.period = period ?? probe.period
        probe.failureThreshold = try count("failure_threshold") ?? probe.failureThreshold
        return probe
    }

    /// The name of a port, absent for a number; only a kubelet looks names up, and not for gRPC.
    private func name(in port: YAMLValue, under profile: PlatformProfile) throws(ScenarioError) -> PortName? {
        let isName = port.scalarText.map { $0.contains { $0.isLetter } } ?? false
        return profile.name == PlatformProfile.kubernetes.name && isName ? try portName(port) : nil
    }

    private func portName(_ value: YAMLValue) throws(ScenarioError) -> PortName {
        let text = try value.text("the name of a port", limit: PortName.longest)
        guard let name = PortName(text) else {
            let rule = "at most \(PortName.longest) lower-case letters, digits and hyphens"
            throw value.mismatch("the name of a port: \(rule)")
        }
        return name
    }

    private func handler(_ map: YAMLMapping, hasNumber: Bool) throws(ScenarioError) -> ProbeHandler {
        let type = try map.required("type").choice(of: ["http", "tcp", "grpc"].map { ($0, $0) })
        var port: Int?
        if hasNumber {
            port = try map.optional("port") { (value) throws(ScenarioError) in try value.integer(in: 0...1_000_000) }
        } else if type == "grpc", let value = map["port"] {
            throw value.error("`port` of a `grpc` probe is a number; Kubernetes knows no names there")
        }
        if type != "http", let path = map["path"] {
            let what = type == "tcp" ? "a `tcp` probe only connects" : "a `grpc` probe names a `service`"
            throw path.error("`path` belongs to probes of the type `http`; \(what)")
        }
        if type != "grpc", let service = map["service"] {
            throw service.error("`service` belongs to probes of the type `grpc`")
        }
        switch type {
        case "http":
            let path = try map.optional("path") { (value) throws(ScenarioError) in try value.text("a path") }
            return .http(path: path ?? "/", port: port)
        case "grpc":
            let service = try map.optional("service") { (value) throws(ScenarioError) in
                try value.text("the name of a service")
            }
            return .grpc(service: service ?? "", port: port)
        default:
            return .tcp(port: port)
        }
    }
}
