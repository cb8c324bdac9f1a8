import SourcePlaces

/// A choice among loaded scenarios.
package struct ScenarioFilter: Hashable, Sendable {
    /// Tags, of which a scenario must have one; none means that tags do not matter.
    package let tags: [String]
    /// Parts of names, of which a scenario's name must contain one; none means that names do not matter.
    package let names: [String]

    /// Creates a filter.
    package init(tags: [String] = [], names: [String] = []) {
        self.tags = tags
        self.names = names
    }

    /// Returns the scenarios that pass, in their order.
    ///
    /// - Throws: `ScenarioError` for a tag that no scenario has, a part that no name contains, and where nothing is left.
    package func apply(to scenarios: [Scenario]) throws(ScenarioError) -> [Scenario] {
        let knownTags = Set(scenarios.flatMap(\.tags)).sorted()
        for tag in tags where !knownTags.contains(tag) {
            let hint = NearestName.hint(for: tag, among: knownTags)
            throw ScenarioError(.unknownName, path: nil, "no scenario has the tag `\(tag)`; \(hint)")
        }
        for name in names where !scenarios.contains(where: { $0.name.value.contains(name) }) {
            let hint = NearestName.hint(for: name, among: scenarios.map(\.name.value))
            throw ScenarioError(.unknownName, path: nil, "no scenario's name contains `\(name)`; \(hint)")
        }
        let chosen = scenarios.filter { scenario in
            (tags.isEmpty || tags.contains(where: scenario.tags.contains))
                && (names.isEmpty || names.contains(where: scenario.name.value.contains))
        }
        guard !chosen.isEmpty else {
            throw ScenarioError(.emptySelection, path: nil, "no scenario passes both the tags and the names")
        }
        return chosen
    }
}
