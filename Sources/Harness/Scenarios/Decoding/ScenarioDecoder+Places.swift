import Domain

extension ScenarioDecoder {
    /// The most places of a list that a statement may name.
    private static let placeLimit = 100

    /// Decodes the `places` of an `expect`: a list of statements, each about one list.
    func places(_ value: YAMLValue) throws(ScenarioError) -> [Located<PlaceExpectation>] {
        let lists = PlaceExpectation.List.allCases
        var expectations: [Located<PlaceExpectation>] = []
        for element in try value.list(of: "statements about places") {
            let map = try element.mapping(keys: lists.map(\.rawValue) + ["sessions"])
            let given = lists.filter { map[$0.rawValue] != nil }
            guard given.count == 1, let list = given.first else {
                throw element.error(
                    "`\(element.name)` must be about one of `svd`, `p5` and `display`, found \(given.count) of them"
                )
            }
            let stated = try map.required(list.rawValue)
            let expectation = PlaceExpectation(
                list: list,
                statement: try statement(stated),
                sessions: try map.optional("sessions", references)
            )
            expectations.append(stated.located(expectation))
        }
        guard !expectations.isEmpty else { throw value.error("`\(value.name)` is empty; state at least one place") }
        return expectations
    }

    /// Decodes `A above B`, `X within the first 5` or `never Y`.
    private func statement(_ value: YAMLValue) throws(ScenarioError) -> PlaceExpectation.Statement {
        let text = try value.text("`A above B`, `X within the first 5` or `never Y`")
        let words = text.split(separator: " ").map(String.init)
        if words.count == 2, words[0] == "never" { return .never(MovieID(words[1])) }
        if words.count == 3, words[1] == "above" {
            guard words[0] != words[2] else { throw value.error("movie \(words[0]) cannot stand above itself") }
            return .above(MovieID(words[0]), MovieID(words[2]))
        }
        if words.count == 5, words[1...3] == ["within", "the", "first"] {
            let digits = words[4]
            guard let count = Int(digits), String(count) == digits, (1...Self.placeLimit).contains(count) else {
                throw value.error("found `first \(digits)`, expected a whole number from 1 to \(Self.placeLimit)")
            }
            return .within(MovieID(words[0]), first: count)
        }
        throw value.mismatch("`A above B`, `X within the first 5` or `never Y`")
    }
}
