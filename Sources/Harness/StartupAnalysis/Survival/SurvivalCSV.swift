import Domain

/// The combinations of a sweep as comma-separated values (RFC 4180, with line feeds), a line each.
///
/// The columns are the axes by their names, and then: `refused` (0 or 1), `starts`, `survived`, `share` with the ends of
/// its interval at 95 % (`lower`, `upper`), `outcome` of the first start, `latest` (the latest moment at which a start was
/// decided), `attempts` of all starts, `mean_lag`, `longest_lag`, and `restarted`: in how many of the survived the instance
/// became ready only after its container had been restarted. Times are seconds, those of the axes too. What does not exist
/// is empty.
package struct SurvivalCSV: Sendable {
    private let grid: SweepGrid
    private var places: [Int]

    /// Creates a writer of a grid's combinations.
    package init(_ grid: SweepGrid) {
        self.grid = grid
        places = Array(repeating: 0, count: grid.axes.count)
    }

    /// The first line.
    package var heading: String {
        let names =
            grid.axes.map(\.parameter.name) + [
                "refused", "starts", "survived", "share", "lower", "upper", "outcome", "latest", "attempts", "mean_lag",
                "longest_lag", "restarted",
            ]
        return names.joined(separator: ",") + "\n"
    }

    /// The lines of the next combinations in the order of the grid.
    package mutating func lines(of tallies: [CellTally]) -> String {
        var text = ""
        text.reserveCapacity(tallies.count * 64)
        for tally in tallies {
            for (axis, place) in zip(grid.axes, places) {
                text += axis[place]?.plainText ?? "measured"
                text += ","
            }
            text += tally.isRefused ? "1" : "0"
            text += ",\(tally.started),\(tally.survived),"
            if let interval = tally.interval {
                let share = Double(tally.survived) / Double(tally.started)
                text += [share, interval.lower, interval.upper].map(Self.digits).joined(separator: ",")
            } else {
                text += ",,"
            }
            text += ",\(tally.first?.name ?? ""),"
            text += tally.started > 0 ? tally.latest.fixedSecondsText : ""
            text += ",\(tally.attempts),"
            text += tally.meanLag?.fixedSecondsText ?? ""
            text += ","
            text += tally.survived > 0 ? tally.longestLag.fixedSecondsText : ""
            text += ",\(tally.restarted)\n"
            _ = grid.advance(&places)
        }
        return text
    }

    /// A probability with six digits.
    private static func digits(_ probability: Double) -> String {
        let millionths = String(Int((probability * 1e6).rounded()) + 10_000_000)
        return "\(millionths.dropFirst().prefix(1)).\(millionths.suffix(6))"
    }
}
