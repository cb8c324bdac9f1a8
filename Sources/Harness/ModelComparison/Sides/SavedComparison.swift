import Domain
import RankingMetrics

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

    private static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Ids and finite numbers: a score that is not finite was refused where it was read.
        guard let bytes = try? encoder.encode(value) else { preconditionFailure("a comparison that is no JSON") }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
