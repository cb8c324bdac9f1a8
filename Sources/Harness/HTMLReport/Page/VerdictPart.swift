/// What one check found.
struct VerdictPart {
    /// How it ended.
    let status: PageStatus
    /// What was found, in one sentence.
    let message: String
    /// Whether it only follows from another.
    let isConsequence: Bool
    /// What templates show.
    let values: ReportValue

    /// Reads the verdicts of a scenario.
    static func read(_ scenario: ReportValue) throws(HTMLReportError) -> [VerdictPart] {
        var verdicts: [VerdictPart] = []
        for verdict in try scenario.list("verdicts") { verdicts.append(try VerdictPart(verdict)) }
        return verdicts
    }

    private init(_ verdict: ReportValue) throws(HTMLReportError) {
        let word = try verdict.text("outcome")
        guard let status = PageStatus(rawValue: word) else {
            throw HTMLReportError(.unfit, "`outcome` is \"\(word)\", which no check has")
        }
        self.status = status
        message = try verdict.text("message")
        let source = verdict.optionalText("consequenceOf")
        isConsequence = source != nil
        let follows = source.map { $0.hasPrefix("faults.") ? "\($0) did not fire" : "\($0) failed" }
        var place = ReportValue.nothing
        if verdict["location"] != .nothing {
            let location = try verdict.object("location")
            let column = try location.count("column")
            place = .text("\(try location.text("file")):\(try location.count("line")):\(column)")
        }
        let requests = try verdict.list("requests").map(\.renderText)
        values = .object([
            "check": .text(try verdict.text("check")),
            "subject": .text(try verdict.text("subject")),
            "status": status.value,
            "message": .text(message),
            "expected": verdict["expected"],
            "actual": verdict["actual"],
            "isCompared": .flag(status.isOpen && verdict.hasContent("expected")),
            "details": .list(try verdict.list("details")),
            "hasDetails": .flag(verdict.hasContent("details")),
            "place": place,
            "requests": requests.isEmpty ? .nothing : .text(requests.joined(separator: ", ")),
            "follows": follows.map(ReportValue.text) ?? .nothing,
            "late": verdict["latenessSeconds"],
        ])
    }
}
