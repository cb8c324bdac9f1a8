import Reports

/// What a moment of a start waited for, from the moment back to the start of the instance.
package struct CriticalChain: Hashable, Sendable, Codable {
    /// A link of the chain.
    package struct Link: Hashable, Sendable, Codable {
        /// What was waited for.
        package let name: String
        /// When that was reached, in seconds from the start.
        package let at: Double
        /// How long it took.
        package let took: Double
    }

    /// The moment that is explained.
    package let moment: String
    /// When it came.
    package let at: Double
    /// The links, the last one first.
    package let links: [Link]

    /// The chains of a start: to the end of its probing, and to the end of the load where that comes later.
    static func all(of blame: StartBlame) -> [CriticalChain] {
        var chains: [CriticalChain] = []
        let startup = blame.report.startup
        if let at = startup?.at, startup?.outcome == "ready" || startup?.outcome == "init_error" {
            chains.append(passing(at: at, blame))
        } else if let at = startup?.at {
            chains.append(chain("\(startup?.outcome ?? "ended")", at: at, from: blame, until: at, attempt: nil))
        }
        if let full = startup?.readyFull, full > (startup?.probeCouldPass ?? .infinity) + blame.tolerance {
            chains.append(chain("everything loaded", at: full, from: blame, until: full, attempt: nil))
        }
        return chains
    }

    /// The chain of a probe that passed: its attempt, and what made that attempt succeed.
    private static func passing(at moment: Double, _ blame: StartBlame) -> CriticalChain {
        let could = blame.report.startup?.probeCouldPass ?? moment
        let attempts = blame.report.startup?.attempts ?? 0
        let attempt = Link(
            name: "probe, attempt \(attempts)",
            at: moment,
            took: max(0, moment - could)
        )
        return chain("probe passed", at: moment, from: blame, until: could, attempt: attempt)
    }

    private static func chain(
        _ name: String,
        at moment: Double,
        from blame: StartBlame,
        until: Double,
        attempt: Link?
    ) -> CriticalChain {
        // A part counts where it had ended by then, or is what the moment cut short.
        let parts = blame.spans.filter { $0.to <= until + blame.tolerance || $0.from < until && $0.kind == .unfinished }
        let links = parts.reversed()
            .map { Link(name: $0.name, at: min($0.to, until), took: min($0.to, until) - $0.from) }
        return CriticalChain(moment: name, at: moment, links: (attempt.map { [$0] } ?? []) + links)
    }
}
