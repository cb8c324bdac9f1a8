import Domain

extension ScenarioDecoder {
    /// Decodes `ratings`.
    func ratings(_ value: YAMLValue) throws(ScenarioError) -> [NewRating] {
        var ratings: [NewRating] = []
        for element in try value.list(of: "ratings") {
            let map = try element.mapping(keys: ["at", "session", "movie", "rating"])
            ratings.append(
                NewRating(
                    at: try map.required("at").duration(),
                    session: try map.required("session").located(reference(map.required("session"))),
                    movie: try movie(map.required("movie")),
                    value: try map.required("rating").decimal(in: 0...10)
                )
            )
        }
        return ratings
    }

    /// A movie's id, which may be written as a number and never is one.
    private func movie(_ value: YAMLValue) throws(ScenarioError) -> MovieID {
        guard let text = value.scalarText, !text.isEmpty else { throw value.mismatch("the id of a movie") }
        return MovieID(text)
    }
}
