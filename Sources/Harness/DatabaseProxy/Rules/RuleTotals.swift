import ContainerPlatform
import Domain

/// What a rule that lasts has done so far.
struct RuleTotals: Hashable, Sendable {
    private var segments = 0
    private var delayedBytes = 0
    private var shortest: Duration?
    private var longest: Duration = .zero
    private var total: Duration = .zero
    private var swallowed: [DatabaseDirection: Int] = [:]

    /// Counts bytes that were delayed.
    mutating func delayed(_ bytes: Int, by delay: Duration) {
        segments += 1
        delayedBytes += bytes
        shortest = min(shortest ?? delay, delay)
        longest = max(longest, delay)
        total += delay
    }

    /// Counts bytes that were swallowed.
    mutating func swallowed(_ bytes: Int, _ direction: DatabaseDirection) {
        swallowed[direction, default: 0] += bytes
    }

    /// The figures in words, `nil` where nothing was done.
    var text: String? {
        if let shortest {
            return "\(delayedBytes) bytes in \(segments) parts were delayed by \(shortest.fixedSecondsText) to "
                + "\(longest.fixedSecondsText) s, \(total.fixedSecondsText) s in all"
        }
        guard !swallowed.isEmpty else { return nil }
        return DatabaseDirection.allCases.map { "\(swallowed[$0, default: 0]) bytes \($0.phrase)" }
            .joined(separator: " and ") + " were swallowed"
    }
}
