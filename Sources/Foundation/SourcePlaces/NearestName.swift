/// Finds the name that somebody who wrote an unknown one most likely meant.
package enum NearestName {
    /// Returns the candidate with the smallest distance that is still plausibly the same word.
    ///
    /// Of several equally near names the first one wins.
    package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, min(3, name.unicodeScalars.count / 3))
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(name.lowercased(), candidate.lowercased())
            if distance <= limit, distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// Returns the words that follow "unknown …": the nearest name, or the known ones.
    package static func hint(for name: String, among candidates: [String]) -> String {
        if let nearest = of(name, among: candidates) { return "did you mean `\(nearest)`?" }
        guard !candidates.isEmpty else { return "none is known" }
        let shown = candidates.prefix(24).map { "`\($0)`" }.joined(separator: ", ")
        return "known: " + shown + (candidates.count > 24 ? ", …" : "")
    }

    /// Returns the optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
    ///
    /// Damerau, "A technique for computer detection and correction of spelling errors", 1964.
    ///
    /// - Complexity: O(*m* · *n*), both cut to 64 scalars.
    package static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars.prefix(64))
        let right = Array(right.unicodeScalars.prefix(64))
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let substitution = previous[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(previous[column + 1] + 1, current[column] + 1, substitution)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
