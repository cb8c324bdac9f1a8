import Domain

extension ScenarioDecoder {
    /// Decodes a fault of the process: `killed`, `stopped` or `memory_limit`.
    func processFault(_ map: YAMLMapping) throws(ScenarioError) -> ProcessFault {
        let kind = try map.required("process")
            .choice(of: [("killed", "killed"), ("stopped", "stopped"), ("memory_limit", "memory_limit")])
        let moments = ["at", "stage", "request"]
        let belonging = [
            "killed": moments, "stopped": moments + ["for"], "memory_limit": ["limit"],
        ]
        let allowed = ["process"] + belonging[kind, default: []]
        if let stray = map.entries.values.sorted(by: { $0.name < $1.name }).first(where: { !allowed.contains($0.name) })
        {
            throw stray.error("`\(stray.name)` does not belong to a process that is `\(kind)`")
        }
        switch kind {
        case "killed":
            return .killed(try faultMoment(map, among: moments))
        case "stopped":
            return .stopped(
                try faultMoment(map, among: moments),
                for: try map.optional("for") { (value) throws(ScenarioError) in try value.duration() }
            )
        default:
            return .memoryLimit(bytes: try map.required("limit").byteCount())
        }
    }

    private func faultMoment(_ map: YAMLMapping, among keys: [String]) throws(ScenarioError) -> FaultMoment {
        let given = keys.compactMap { map[$0] }
        guard let moment = given.first, given.count == 1 else {
            throw map.value.error(
                "a fault of the process strikes at one of `at`, `stage`, `request`; this one has \(given.count)"
            )
        }
        switch moment.name {
        case "stage": return .stage(try moment.choice(of: InitialisationStage.self))
        case "request": return .request(try moment.integer(in: 1...1_000_000))
        default: return .time(try moment.duration())
        }
    }
}

extension YAMLValue {
    /// Returns a number of bytes, written with the unit `MiB` or `GiB`.
    func byteCount() throws(ScenarioError) -> Int {
        let expected = "a size such as `512MiB` or `2GiB`, at most 1024GiB"
        guard let text = scalarText else { throw mismatch(expected) }
        for (unit, size) in [("MiB", 1 << 20), ("GiB", 1 << 30)] where text.hasSuffix(unit) {
            let digits = text.dropLast(unit.count)
            guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(digits),
                count > 0, count <= (1 << 40) / size
            else { throw mismatch(expected) }
            return count * size
        }
        throw mismatch(expected)
    }
}
