/// The search for the first of a row of versions that differs from the first one, as a state machine: it says which
/// version to look at next and is told whether that differs.
///
/// As `git bisect` does, it halves what is left and so needs about log2 of the number of versions; it takes for granted that
/// a version behind a different one is different as well, and looks at the last one first.
package struct Bisection: Sendable {
    /// One version that was looked at.
    package struct Look: Hashable, Sendable, Encodable {
        /// Its place.
        package let place: Int
        /// Whether it differs from the first one.
        package let differs: Bool
    }

    /// The places that were looked at, in their order, and whether each differs.
    package private(set) var looked: [Look] = []
    /// The place to look at next; `nil` at the end.
    package private(set) var next: Int?
    /// The last place known not to differ; at the beginning that of the version that the others are compared with.
    package private(set) var lastSame = 0
    private var different: Int?

    /// Begins a search.
    ///
    /// - Parameter count: How many versions there are, the one that the others are compared with among them.
    /// - Precondition: There are at least two versions.
    package init(count: Int) {
        precondition(count >= 2, "\(count) versions to bisect")
        next = count - 1
    }

    /// The place of the first version that differs; `nil` before the end, and where the last one does not differ.
    package var firstDifferent: Int? { next == nil ? different : nil }

    /// Takes in whether the version of ``next`` differs, and sets the next one.
    ///
    /// - Precondition: The search has not ended.
    package mutating func record(differs: Bool) {
        guard let place = next else { preconditionFailure("the search has ended") }
        looked.append(Look(place: place, differs: differs))
        if differs { different = place } else { lastSame = place }
        next = different.flatMap { $0 - lastSame > 1 ? (lastSame + $0) / 2 : nil }
    }
}
