import RankingMetrics
package import Scenarios

extension SavedComparison {
    /// Reads both sides of a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - path: Its path, which errors name.
    /// - Returns: The sides.
    /// - Throws: `ScenarioError` with file and line for a file that is cut short, of another version, or holds no session.
    package static func sides(
        reading file: consuming InputFile,
        _ path: String
    ) throws(ScenarioError) -> (old: StoredSide, new: StoredSide) {
        var header: Header?
        var content: [Bool: [(key: String, content: SideSession)]] = [:]
        var seen: [Bool: Set<String>] = [:]
        var table = MovieTable()
        var lines = 0
        var end: End?
        try JSONLines.forEach(FirstOrLine.self, in: file, path) { (line, location) throws(ScenarioError) in
            switch line {
            case .header(let found):
                guard found.coldstart == "comparison", found.version == version else {
                    throw ScenarioError(
                        .recording,
                        at: location,
                        "found \(found.coldstart) of version \(found.version), expected a comparison of version "
                            + "\(version); compare the bundles again"
                    )
                }
                header = found
            case .end(let found): end = found
            case .line(let line):
                lines += 1
                guard ["old", "new"].contains(line.side) else {
                    throw ScenarioError(.recording, at: location, "`side` is \(line.side), expected old or new")
                }
                let isNew = line.side == "new"
                guard seen[isNew, default: []].insert(line.session).inserted else {
                    throw ScenarioError(.recording, at: location, "`session_id` \(line.session) comes a second time")
                }
                content[isNew, default: []].append((line.session, line.content(in: &table)))
            }
        }
        guard let header else {
            throw ScenarioError(.recording, path: path, "the first line does not say that this is a comparison")
        }
        guard end?.lines == lines else {
            throw ScenarioError(
                .recording,
                path: path,
                "the file was cut short: \(lines) sessions' lines, expected \(end.map { "\($0.lines)" } ?? "an end")"
            )
        }
        func side(_ side: Side, isNew: Bool) -> StoredSide {
            StoredSide(
                name: side.name,
                kind: side.kind,
                sessions: content[isNew] ?? [],
                movies: table,
                fingerprints: side.fingerprints,
                notes: ["kept under: \(header.conditions)"]
            )
        }
        return (side(header.old, isNew: false), side(header.new, isNew: true))
    }
}
