import Domain
import RankingMetrics
package import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A comparison's rankings in a file, so that it can be looked at again without models.
///
/// JSON Lines: first `{"coldstart": "comparison", "version": 1, "old": …, "new": …}` with each side's name, kind and
/// fingerprints, then one line for each side of each session, as `rank` writes it with `side` before it, and at the end
/// `{"coldstart": "end", "lines": …}`, without which the file was cut short.
package enum SavedComparison {
    /// The version of the format.
    package static let version = 1

    /// What is known of a side.
    package struct Side: Codable, Sendable {
        let name: String
        let kind: String
        let fingerprints: [String: String]
    }

    /// The first line.
    package struct Header: Codable, Sendable {
        let coldstart: String
        let version: Int
        let conditions: String
        let old: Side
        let new: Side
    }

    /// The first line of a comparison of two sides.
    ///
    /// - Parameters:
    ///   - old: The old side.
    ///   - new: The new side.
    ///   - conditions: What bundles were ranked under: settings, and what was held out.
    /// - Returns: The line.
    package static func header(old: any ComparisonSide, new: any ComparisonSide, conditions: String) -> String {
        func side(_ side: any ComparisonSide) -> Side {
            Side(name: side.name, kind: side.kind, fingerprints: side.fingerprints)
        }
        return text(
            Header(
                coldstart: "comparison",
                version: version,
                conditions: conditions,
                old: side(old),
                new: side(new)
            )
        )
    }

    /// The last line of a file with so many lines of sessions.
    package static func end(lines: Int) -> String { text(End(coldstart: "end", lines: lines)) }

    private struct End: Codable {
        let coldstart: String
        let lines: Int
    }

    /// The line of what one side has for a session.
    package static func line(_ session: String, isNew: Bool, _ content: SideSession, _ table: MovieTable) -> String {
        func places(_ list: RankedList?) -> [Place]? {
            list.map { list in
                list.movies.indices.map { Place(movie: table[list.movies[$0]], score: list.scores[$0]) }
            }
        }
        return text(
            Line(
                side: isNew ? "new" : "old",
                session: session,
                svd: places(content.lists.svd),
                p5: places(content.lists.p5),
                display: places(content.lists.display),
                parseFailures: content.parseFailures,
                notes: content.notes
            )
        )
    }

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

    private struct Place: Codable {
        let movie: MovieID
        let score: Double

        enum CodingKeys: String, CodingKey {
            case movie = "movie_id"
            case score
        }
    }

    private struct Line: Codable {
        let side: String
        let session: String
        let svd: [Place]?
        let p5: [Place]?
        let display: [Place]?
        let parseFailures: Int?
        let notes: [String]

        enum CodingKeys: String, CodingKey {
            case side
            case session = "session_id"
            case svd
            case p5
            case display
            case parseFailures = "parse_failures"
            case notes
        }

        func content(in table: inout MovieTable) -> SideSession {
            var lists = ByList<RankedList?>(repeating: nil)
            for (list, places) in [(ComparedList.svd, svd), (.p5, p5), (.display, display)] {
                lists[list] = places.map { RankedList($0.map { ($0.movie, $0.score) }, in: &table) }
            }
            return SideSession(lists: lists, parseFailures: parseFailures, notes: notes)
        }
    }

    /// A line, or the first one.
    private enum FirstOrLine: JSONLine {
        case header(Header)
        case end(End)
        case line(Line)

        private enum CodingKeys: String, CodingKey {
            case coldstart
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            switch try container.decodeIfPresent(String.self, forKey: .coldstart) {
            case nil: self = .line(try Line(from: decoder))
            case "end": self = .end(try End(from: decoder))
            default: self = .header(try Header(from: decoder))
            }
        }
    }

    private static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Ids and finite numbers: a score that is not finite was refused where it was read.
        guard let bytes = try? encoder.encode(value) else { preconditionFailure("a comparison that is no JSON") }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
