import Checks
import Observations
import Scenarios

extension ScenarioReport {
    /// The report of one scenario as a part of a document; what grows with the requests is made while it is written.
    ///
    /// The text is that of ``init(_:)``.
    static func part(of result: ScenarioResult) -> JSONPart {
        let head = ScenarioReport(headOf: result)
        let observation = result.observation
        let timeline = observation.map { Self.timeline($0, of: result) } ?? []
        let platformLog = observation.map { Self.platformLog($0, of: result) } ?? []
        var members: [(name: String, part: JSONPart)] = [
            ("name", .value(head.name)),
            ("file", .value(head.file)),
            ("seed", .value(head.seed)),
            ("tags", .value(head.tags ?? [])),
            ("teaches", .value(head.teaches)),
            ("showsDefect", .value(OrNull(wrappedValue: head.showsDefect))),
            ("outcome", .value(head.outcome)),
            ("headline", .value(head.headline)),
            ("exitCodes", .value(head.exitCodes)),
            ("error", .value(OrNull(wrappedValue: head.error))),
            ("verdicts", .value(head.verdicts)),
            ("setup", .value(head.setup)),
            ("startup", .value(OrNull(wrappedValue: head.startup))),
            ("timeline", .array(timeline) { $0 }),
            ("platformLog", .array(platformLog) { $0 }),
            ("answers", .array(observation?.answers ?? []) { AnswerReport($0) }),
            ("sessions", .array(sessions(of: result)) { SessionReport($0) }),
            ("titles", .value(titles(of: result))),
            ("ledger", .value(OrNull(wrappedValue: head.ledger))),
            ("landing", .value(OrNull(wrappedValue: head.landing))),
            ("receipts", .value(head.receipts)),
            ("virtualSeconds", .value(head.virtualSeconds)),
            ("wallSeconds", .value(head.wallSeconds)),
            ("reproduction", .value(head.reproduction)),
        ]
        let visitors = observation?.rows?.visitors
        let noVisitors = OrNull<[VisitorReport]>(wrappedValue: nil)
        members.append(("visitors", visitors.map { .array($0) { VisitorReport($0) } } ?? .value(noVisitors)))
        if let serviceLog = head.serviceLog { members.append(("serviceLog", .value(serviceLog))) }
        if let process = head.process { members.append(("process", .value(process))) }
        if let attempts = head.attempts { members.append(("attempts", .value(attempts))) }
        if let acceptance = head.acceptance { members.append(("acceptance", .value(acceptance))) }
        return .object(members)
    }
}
