import Formats

/// A comparison's rankings as `coldstart compare --save` keeps them, in JSON Lines: a header, a line for each side of each
/// session, and a last line that counts them.
struct KeptComparison {
    /// What the two sides ranked for a session; nothing for a side that has nothing.
    struct Session {
        /// The session.
        let name: String
        /// The old side's line.
        var old = ReportValue.nothing
        /// The new side's line.
        var new = ReportValue.nothing
    }

    /// The first line: `conditions`, and `name` and `kind` of `old` and `new`.
    let header: ReportValue
    /// The sessions in the order in which they are kept.
    private(set) var sessions: [Session] = []

    /// Reads a file; `nil` where it does not begin as one.
    ///
    /// - Throws: `HTMLReportError` with the line that is not as expected, or where the file was cut short.
    /// - Complexity: O(*n*).
    init?(_ bytes: [UInt8]) throws(HTMLReportError) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        guard lines.count > 1, let first = try? ReportValue(json: Array(lines[0])),
            first.optionalText("coldstart") == "comparison"
        else { return nil }
        let version = try first.count("version")
        guard version == 1 else {
            throw HTMLReportError(.unknownVersion, "found version \(version) of a kept comparison, expected 1")
        }
        header = first
        var places: [String: Int] = [:]
        for (number, bytes) in lines.dropFirst().dropLast().enumerated() {
            do throws(HTMLReportError) {
                let line = try ReportValue(json: Array(bytes))
                let name = try line.text("session_id")
                let place = places[name, default: sessions.count]
                if place == sessions.count {
                    places[name] = place
                    sessions.append(Session(name: name))
                }
                switch try line.text("side") {
                case "old": sessions[place].old = line
                case "new": sessions[place].new = line
                case let side: throw HTMLReportError(.unfit, "`side` is \"\(side)\", expected old or new")
                }
            } catch {
                throw error.inside("line \(number + 2)")
            }
        }
        let end = try ReportValue(json: Array(lines[lines.count - 1]))
        guard end.optionalText("coldstart") == "end", try end.count("lines") == lines.count - 2 else {
            throw HTMLReportError(.unfit, "the last line does not count the lines before it: the file was cut short")
        }
    }
}
