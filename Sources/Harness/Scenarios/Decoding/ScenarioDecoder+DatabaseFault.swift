import Domain

extension ScenarioDecoder {
    /// The keys of a fault of the database.
    static let databaseFaultKeys = [
        "database", "request", "at", "after_bytes", "direction", "from", "to", "delay", "jitter", "bytes_per_second",
        "restart_after",
    ]

    private enum DatabaseFaultName: String, CaseIterable {
        case goesAway = "goes_away"
        case latency, bandwidth, refuse, reset, cut
        case blackHole = "black_hole"
        case serverKilled = "server_killed"

        /// The keys that belong to the fault beside `database`.
        var keys: [String] {
            switch self {
            case .goesAway: ["request", "at"]
            case .latency: ["delay", "jitter", "request", "from", "to"]
            case .bandwidth: ["bytes_per_second", "request", "from", "to"]
            case .refuse: ["request", "from", "to"]
            case .reset, .cut: ["request", "at", "after_bytes", "direction", "from"]
            case .blackHole: ["request", "at", "after_bytes", "direction", "from", "to"]
            case .serverKilled: ["request", "at", "from", "restart_after"]
            }
        }
    }

    /// Decodes a fault of the database.
    func databaseFault(_ map: YAMLMapping, request: Int?) throws(ScenarioError) -> Fault {
        let name = try map.required("database").choice(of: DatabaseFaultName.self)
        let strays = map.entries.values.filter { $0.name != "database" && !name.keys.contains($0.name) }
        if let stray = strays.min(by: { $0.name < $1.name }) {
            throw stray.error("`\(stray.name)` does not belong to the fault `\(name.rawValue)` of the database")
        }
        switch name {
        case .goesAway:
            let boundaries = WriteBoundary.passedByStore.map { ($0.rawValue, $0) }
            return .databaseGoesAway(request: request, at: try map.required("at").choice(of: boundaries))
        case .latency:
            let limits = Duration.zero ... .seconds(3_600)
            let delay = try map.required("delay").duration(in: limits)
            let jitter = try map.optional("jitter") { (value) throws(ScenarioError) in try value.duration(in: limits) }
            guard delay > .zero || jitter ?? .zero > .zero else {
                throw map.value.error("a latency without delay and jitter has no effect; remove the fault")
            }
            return .database(
                DatabaseFault(.latency(delay, jitter: jitter ?? .zero), try span(map, request, isWhole: true))
            )
        case .bandwidth:
            let rate = try map.required("bytes_per_second").integer(in: 1...1_000_000_000)
            return .database(DatabaseFault(.bandwidth(bytesPerSecond: rate), try span(map, request, isWhole: true)))
        case .refuse:
            return .database(DatabaseFault(.refuse, try span(map, request, isWhole: true)))
        case .reset: return .database(try striking(.reset, map, request))
        case .cut: return .database(try striking(.cut, map, request))
        case .blackHole: return .database(try striking(.blackHole, map, request))
        case .serverKilled:
            let restart = try map.optional("restart_after") { (value) throws(ScenarioError) in try value.duration() }
            return .database(try striking(.serverKilled(restartAfter: restart ?? .zero), map, request))
        }
    }

    private func striking(
        _ kind: DatabaseFault.Kind,
        _ map: YAMLMapping,
        _ request: Int?
    ) throws(ScenarioError) -> DatabaseFault {
        let points = ["at", "after_bytes", "from"].compactMap { map[$0] }
        guard let point = points.first, points.count == 1 else {
            throw map.value.error(
                "this fault strikes at one of `at`, `after_bytes`, `from`; \(points.count) of them are given"
            )
        }
        if let direction = map["direction"], point.name != "after_bytes" {
            throw direction.error("`direction` has no effect without `after_bytes`")
        }
        if let end = map["to"], point.name != "from" { throw end.error("`to` has no effect without `from`") }
        switch point.name {
        case "at":
            return DatabaseFault(kind, at: .boundary(try point.choice(of: WriteBoundary.self)), .request(request))
        case "after_bytes":
            let direction = try map.optional("direction") { (value) throws(ScenarioError) in
                try value.choice(of: DatabaseDirection.self)
            }
            let bytes = try point.integer(in: 1...1_000_000_000)
            return DatabaseFault(kind, at: .afterBytes(bytes, direction ?? .toDatabase), .request(request))
        default:
            return DatabaseFault(kind, try span(map, request, isWhole: false))
        }
    }

    /// Decodes `request`, or `from` and `to`, at most one of both kinds.
    private func span(
        _ map: YAMLMapping,
        _ request: Int?,
        isWhole: Bool
    ) throws(ScenarioError) -> DatabaseFault.Span {
        let bounds = ["from", "to"].compactMap { map[$0] }
        if let bound = bounds.first, map["request"] != nil {
            throw bound.error("`\(bound.name)` contradicts `request`; give a request or a span of time")
        }
        if isWhole, request != nil { return .request(request) }
        let from = try map.optional("from") { (value) throws(ScenarioError) in try value.duration() } ?? .zero
        let to = try map.optional("to") { (value) throws(ScenarioError) in try value.duration() }
        if let to, let bound = map["to"], to <= from {
            throw bound.error(
                "the span ends before it begins: from \(DurationText.text(of: from)) to \(DurationText.text(of: to))"
            )
        }
        return .window(from: from, to: to)
    }
}
