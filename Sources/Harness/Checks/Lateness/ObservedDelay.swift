import Scenarios

/// How an observed time misses an expectation.
package enum ObservedDelay: Hashable, Sendable {
    /// It misses it in the way in which a slower machine does, by so much of the scenario's time; the moment by which it
    /// came to be, `nil` for a figure of the whole start.
    case late(by: Duration, at: Duration?)
    /// It came before it may, which no slowness brings about.
    case early

    /// Compares an observed time with what was expected of it; `nil` where it never came, or should never have come.
    ///
    /// - Parameters:
    ///   - found: What was observed.
    ///   - expected: What was expected, and was missed.
    ///   - allowance: What a moment may be off.
    ///   - isSpan: Whether it is a span between two moments, which slowness can make shorter as well as longer.
    init?(of found: Duration?, beyond expected: TimeExpectation, allowance: Duration, isSpan: Bool) {
        guard let found, case .within(let from, let to) = expected else { return nil }
        if let to, found > to + allowance {
            self = .late(by: found - to - allowance, at: isSpan ? nil : found)
        } else if isSpan, let from {
            self = .late(by: max(from - allowance - found, .zero), at: nil)
        } else {
            self = .early
        }
    }
}

extension ObservedDelay: Comparable {
    /// Orders delays by how much a machine would have to be late for them: what is early needs more than any.
    package static func < (left: ObservedDelay, right: ObservedDelay) -> Bool {
        switch (left, right) {
        case (.late(let left, _), .late(let right, _)): left < right
        case (.late, .early): true
        case (.early, _): false
        }
    }
}
