/// The page of a diagnosis: each subject with what became of it, why, and the lines that show it.
struct DiagnosisPage {
    /// What the page shows.
    let content: PageContent

    /// Reads the report of a diagnosis.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    init(_ report: ReportValue) throws(HTMLReportError) {
        var anchors = PageAnchors()
        var entries: [(status: PageStatus, value: ReportValue)] = []
        for (place, entry) in try report.list("verdicts").enumerated() {
            do throws(HTMLReportError) {
                entries.append(try Self.entry(entry, &anchors))
            } catch {
                throw error.inside("verdicts[\(place)]")
            }
        }
        let died = entries.count { $0.status == .failed }
        let unknown = entries.count { $0.status == .inconclusive }
        let title = Self.title(died, unknown, of: entries.count)
        // What died comes first, then what is not known; within each, the report's order.
        let order: [PageStatus] = [.failed, .inconclusive, .passed]
        let sorted = order.flatMap { status in entries.filter { $0.status == status }.map(\.value) }
        let unread = try report.list("unread")
        content = PageContent(
            title: title,
            toolVersion: try report.text("toolVersion"),
            status: PageStatus(exitCode: try report.count("exitCode")).value(saying: title),
            sections: [("overview", "Overview"), ("subjects", "What became of each"), ("inputs", "What was read")],
            template: "diagnosis",
            values:
                .object([
                    "exitCode": report["exitCode"],
                    "inputs": .list(try report.list("inputs")),
                    "subjects": .list(sorted),
                    "hasSubjects": .flag(!sorted.isEmpty),
                    "first": sorted.first ?? .nothing,
                    "unread": .list(unread.map { note in .object(["text": .text(Self.note(note))]) }),
                    "hasUnread": .flag(!unread.isEmpty),
                ])
                .adding(try report.members("entries"))
        )
    }

    private static func title(_ died: Int, _ unknown: Int, of all: Int) -> String {
        var parts: [String] = []
        if died > 0 { parts.append("\(died) of \(all) died or did not start") }
        if unknown > 0 { parts.append("of \(unknown) it is not known") }
        if all == 0 { return "Nothing was found to judge" }
        return parts.isEmpty ? "Nothing died" : parts.joined(separator: ", ")
    }

    private static func entry(
        _ entry: ReportValue,
        _ anchors: inout PageAnchors
    ) throws(HTMLReportError) -> (PageStatus, ReportValue) {
        let status: PageStatus =
            switch entry["died"] {
            case .flag(true): .failed
            case .flag(false): .passed
            default: .inconclusive
            }
        let name = Self.name(of: try entry.object("subject"))
        let word = try entry.text("verdict").replacing("_", with: " ").replacing("-", with: " ")
        let timeline = try entry.object("timeline")
        let evidence = try entry.list("evidence") { (line) throws(HTMLReportError) in
            .object([
                "place": .text("\(try line.text("file")):\(try line.count("line")):\(try line.count("column"))"),
                "text": .text(try line.text("text")),
            ])
        }
        var moments: [ReportValue] = []
        for (key, words) in [("started", "started"), ("listening", "listens"), ("ready", "ready"), ("ended", "ended")] {
            guard let moment = timeline.optionalText(key) else { continue }
            moments.append(.object(["name": .text(words), "value": .text(moment)]))
        }
        let value = ReportValue.object([
            "anchor": .text(anchors.anchor("subject", name)), "name": .text(name),
            "status": status.value(saying: word), "certainty": .text(try entry.text("certainty")),
            "cause": .text(try entry.text("cause")), "evidence": evidence,
            "hasEvidence": .flag(entry.hasContent("evidence")), "against": entry["against"], "decide": entry["decide"],
            "moments": .list(moments), "hasMoments": .flag(!moments.isEmpty),
            "stages": .list(try timeline.list("stages")),
            "hasStages": .flag(timeline.hasContent("stages")),
        ])
        return (status, value)
    }

    /// The names that the input states, the widest first.
    private static func name(of subject: ReportValue) -> String {
        guard case .object(let members) = subject else { return "" }
        let order = ["platform", "project", "namespace", "service", "job", "revision", "pod", "instance", "container"]
        let keys = members.keys.sorted { left, right in
            (order.firstIndex(of: left) ?? order.count, left) < (order.firstIndex(of: right) ?? order.count, right)
        }
        let parts = keys.compactMap { key -> String? in
            guard key != "type", let value = members[key], value != .nothing else { return nil }
            return key == "platform" ? value.renderText : "\(key) \(value.renderText)"
        }
        return parts.isEmpty ? "what the input shows" : parts.joined(separator: ", ")
    }

    private static func note(_ note: ReportValue) -> String {
        guard case .object(let members) = note else { return note.renderText }
        return members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.renderText)" }.joined(separator: ", ")
    }
}
