import ContainerPlatform
import Domain

extension ScenarioDecoder {
    /// Decodes `faults`.
    func faults(_ value: YAMLValue) throws(ScenarioError) -> [Located<Fault>] {
        var faults: [Located<Fault>] = []
        var hit: Set<InitialisationStage> = []
        for element in try value.list(of: "faults") {
            let fault = try fault(element)
            if case .stage(let stage, _) = fault, !hit.insert(stage).inserted {
                throw element.error("the stage `\(stage.rawValue)` has a fault already; one fault a stage")
            }
            faults.append(element.located(fault))
        }
        return faults
    }

    private func fault(_ value: YAMLValue) throws(ScenarioError) -> Fault {
        let map = try value.mapping(
            keys: Self.stageFaultKeys + ["p5", "process", "for", "limit"] + Self.databaseFaultKeys
        )
        if map["process"] != nil { return .process(try processFault(map)) }
        let subjects = ["stage", "p5", "database"].filter { map[$0] != nil }
        guard let subject = subjects.first, subjects.count == 1 else {
            throw value.error(
                "a fault has one of `stage`, `p5`, `database`, `process`; this one has \(subjects.count)"
            )
        }
        let belonging = ["stage": Self.stageFaultKeys, "p5": ["p5", "request"]]
        let allowed = belonging[subject] ?? Self.databaseFaultKeys
        if let stray = map.entries.values.sorted(by: { $0.name < $1.name }).first(where: { !allowed.contains($0.name) })
        {
            throw stray.error("`\(stray.name)` does not belong to a fault of `\(subject)`")
        }
        let request = try map.optional("request") { (value) throws(ScenarioError) in
            try value.integer(in: 1...1_000_000)
        }
        switch subject {
        case "stage":
            return .stage(try map.required("stage").choice(of: InitialisationStage.self), try stageFault(map))
        case "p5":
            return .scoring(message: try map.required("p5").text("the message of the failure"), request: request)
        default:
            return try databaseFault(map, request: request)
        }
    }

    private static let stageFaultKinds = ["fails", "exits", "signal", "hangs", "delayed"]
    private static let stageFaultKeys = ["stage", "lives"] + stageFaultKinds

    private func stageFault(_ map: YAMLMapping) throws(ScenarioError) -> StageFault {
        let kinds = Self.stageFaultKinds.compactMap { map[$0] }
        guard let kind = kinds.first, kinds.count == 1 else {
            let names = Self.stageFaultKinds.map { "`\($0)`" }.joined(separator: ", ")
            throw map.value.error("a fault of a stage has one of \(names); this one has \(kinds.count)")
        }
        let fault: StageFault
        switch kind.name {
        case "fails": fault = .fails(try kind.text("the message of the failure"))
        case "exits": fault = .ends(.code(Int32(try kind.integer(in: 0...255))))
        case "signal": fault = .ends(.signal(Int32(try kind.integer(in: 1...64))))
        case "delayed": fault = .delayed(try kind.duration())
        default:
            guard try kind.boolean() else { throw kind.error("`hangs: false` has no effect; remove the fault") }
            fault = .hangs
        }
        guard let lives = map["lives"] else { return fault }
        return .inFirstLives(try lives.integer(in: 1...1000), fault)
    }

    /// Decodes `sessions`.
    func sessions(_ value: YAMLValue) throws(ScenarioError) -> SessionSource {
        let map = try value.mapping(keys: ["file", "select"])
        return SessionSource(
            file: try path(map.required("file")),
            selection: try map.located("select", selection) ?? value.located(.all)
        )
    }

    private func selection(_ value: YAMLValue) throws(ScenarioError) -> SessionSelection {
        if value.isList { return .listed(try references(value)) }
        let expected = "`all`, `first 3`, or a list of positions and session ids"
        guard let words = value.scalarText?.split(separator: " "), let word = words.first else {
            throw value.mismatch(expected)
        }
        if words == ["all"] { return .all }
        guard word == "first", words.count == 2, let count = Int(words[1]), count > 0, words[1].first != "+" else {
            throw value.mismatch(expected)
        }
        return .first(count)
    }

    /// Decodes a list of positions and session ids, none twice.
    func references(_ value: YAMLValue) throws(ScenarioError) -> [SessionReference] {
        var references: [SessionReference] = []
        for element in try value.list(of: "positions and session ids") {
            let reference = try reference(element)
            guard !references.contains(reference) else {
                throw element.error("the session \(reference) is given twice")
            }
            references.append(reference)
        }
        guard !references.isEmpty else { throw value.error("`\(value.name)` is empty; name at least one session") }
        return references
    }

    /// Decodes a position or a session id.
    func reference(_ value: YAMLValue) throws(ScenarioError) -> SessionReference {
        if let plain = value.plain, plain.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .position(try value.integer(in: 1...1_000_000))
        }
        let expected = "a position from 1 or a session's UUID"
        guard let text = value.scalarText else { throw value.mismatch(expected) }
        guard let id = SessionID(text) else {
            throw value.isQuotedNumber ? value.quotesTooMuch(expected) : value.mismatch(expected)
        }
        return .id(id)
    }

    /// Decodes `requests`.
    func requests(_ value: YAMLValue) throws(ScenarioError) -> [RequestRule] {
        var rules: [RequestRule] = []
        for element in try value.list(of: "requests") {
            rules.append(try request(element))
        }
        return rules
    }

    private func request(_ value: YAMLValue) throws(ScenarioError) -> RequestRule {
        let map = try value.mapping(keys: ["at", "session", "every", "top_k", "phase", "expect"])
        let sessions = try requestedSessions(map.required("session"))
        if case .listed(let references) = sessions.value, references.count == 1, let every = map["every"] {
            throw every.error("`every` has no effect with one session; remove it or ask for several")
        }
        return RequestRule(
            at: try map.required("at").duration(),
            sessions: sessions,
            every: try map.optional("every") { (value) throws(ScenarioError) in try value.duration() } ?? .zero,
            topK: try map.optional("top_k") { (value) throws(ScenarioError) in try value.integer(in: 1...100) } ?? 10,
            phase: try map.optional("phase") { (value) throws(ScenarioError) in try value.integer(in: 1...100) } ?? 2,
            expectation: try map.optional("expect", answer) ?? AnswerExpectation(),
            location: value.location
        )
    }

    private func requestedSessions(_ value: YAMLValue) throws(ScenarioError) -> Located<RequestedSessions> {
        if value.scalarText == "all" { return value.located(.all) }
        if value.isList { return value.located(.listed(try references(value))) }
        return value.located(.listed([try reference(value)]))
    }
}
