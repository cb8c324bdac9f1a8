/// Where survival ends along one line of combinations that differ in one axis alone.
package enum Cliff: Hashable, Sendable {
    /// The platform refuses every one of them.
    case refused
    /// All survive that the platform does not refuse.
    case allSurvive
    /// None survives.
    case noneSurvives
    /// Those up to a place survive, none after it.
    case upTo(Int)
    /// Those from a place on survive, none before it.
    case from(Int)
    /// Survival comes and goes more than once; the last place before it first ends, absent where the first does not survive.
    case comesAndGoes(upTo: Int?)

    /// Follows a line from its first place to its last.
    struct Walk {
        private var place = 0
        private var survives: Bool?
        private var changes = 0
        private var firstSurvived: Bool?
        private var lastSurvivor: Int?
        /// The last survivor before survival first ended, and the first after it began.
        private var end: Int?
        private var begin: Int?

        /// Takes the next place; `nil` where the platform refuses it.
        mutating func take(_ survives: Bool?) {
            defer { place += 1 }
            guard let survives else { return }
            if firstSurvived == nil { firstSurvived = survives }
            if let before = self.survives, before != survives {
                changes += 1
                if survives { begin = begin ?? place } else { end = end ?? lastSurvivor }
            }
            if survives { lastSurvivor = place }
            self.survives = survives
        }

        /// What the line is like.
        var cliff: Cliff {
            guard let firstSurvived else { return .refused }
            switch (changes, firstSurvived, begin, end) {
            case (0, true, _, _): return .allSurvive
            case (0, false, _, _): return .noneSurvives
            case (1, true, _, let end?): return .upTo(end)
            case (1, false, let begin?, _): return .from(begin)
            default: return .comesAndGoes(upTo: firstSurvived ? end : nil)
            }
        }
    }

    /// The line in words.
    ///
    /// - Parameter axis: The axis along which it goes.
    /// - Returns: The words.
    package func text(on axis: SweepAxis) -> String {
        switch self {
        case .refused: "refused"
        case .allSurvive: "all"
        case .noneSurvives: "none"
        case .upTo(let place): "up to " + axis.text(at: place)
        case .from(let place): "from " + axis.text(at: place)
        case .comesAndGoes(let place): place.map { "up to \(axis.text(at: $0)), and later" } ?? "here and there"
        }
    }
}
