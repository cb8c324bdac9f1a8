import Domain

/// What was seen of the revisions of each service that started or became ready: of each kind the first and the last.
struct RolloutHistory {
    /// A revision with what was seen of it.
    struct Sighting {
        /// The revision; empty for the service itself.
        let revision: String
        /// What was seen.
        let fact: Fact
    }

    private struct Key: Hashable {
        let revision: String
        let kind: FactKind
    }

    /// The most revisions and kinds of one service that are kept.
    private static let limit = 4096

    private var services: [String: [Key: FactTally]] = [:]

    /// Takes what was seen of a revision.
    mutating func note(_ fact: Fact, of revision: String, in service: String) {
        let key = Key(revision: revision, kind: fact.kind)
        if services[service]?[key]?.add(fact) != nil { return }
        guard services[service, default: [:]].count < Self.limit else { return }
        services[service, default: [:]][key] = FactTally(fact)
    }

    /// By service: what was seen of its revisions, the earliest first where times are stated.
    ///
    /// - Complexity: O(*n* log *n*) in the revisions.
    var sightings: [String: [Sighting]] {
        services.mapValues { revisions in
            revisions
                .flatMap { key, tally in
                    [tally.first, tally.last].map { Sighting(revision: key.revision, fact: $0) }
                }
                .sorted { left, right in
                    let times = (left.fact.time?.microseconds ?? 0, right.fact.time?.microseconds ?? 0)
                    return times.0 == times.1 ? left.fact.order < right.fact.order : times.0 < times.1
                }
        }
    }
}
