/// Finds the first of a row of versions that differs from the first one, where those behind it differ too.
///
/// As `git bisect` does, it halves what is left and so needs about log2 of the number of versions; it takes for granted that
/// a version behind a different one is different as well, and looks at the last one first.
package struct Bisection: Sendable {
    /// What was found.
    package struct Outcome: Hashable, Sendable {
        /// The place of the first version that differs; `nil` where the last one does not.
        package let firstDifferent: Int?
        /// The places that were looked at, in their order, and whether each differs.
        package let looked: [Look]
    }

    /// One version that was looked at.
    package struct Look: Hashable, Sendable, Encodable {
        /// Its place.
        package let place: Int
        /// Whether it differs from the first one.
        package let differs: Bool
    }

    /// Searches versions.
    ///
    /// - Parameters:
    ///   - count: How many versions there are, the reference among them.
    ///   - differs: Whether the version at a place, from 1, differs from that at 0.
    /// - Returns: What was found.
    /// - Throws: What `differs` throws.
    /// - Precondition: There are at least two versions.
    package static func search(_ count: Int, differs: (Int) throws -> Bool) rethrows -> Outcome {
        precondition(count >= 2, "\(count) versions to bisect")
        var looked: [Look] = []
        func look(_ place: Int) throws -> Bool {
            let found = try differs(place)
            looked.append(Look(place: place, differs: found))
            return found
        }
        guard try look(count - 1) else { return Outcome(firstDifferent: nil, looked: looked) }
        var (same, different) = (0, count - 1)
        while different - same > 1 {
            let middle = (same + different) / 2
            if try look(middle) { different = middle } else { same = middle }
        }
        return Outcome(firstDifferent: different, looked: looked)
    }
}
