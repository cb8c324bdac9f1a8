package import Domain

/// A row of the table `recommendations`.
package struct CapsuleRow: Hashable, Sendable, Codable {
    /// The session.
    package var session: SessionID
    /// The phase of the study.
    package var phase: Int
    /// The model that recommended it.
    package var model: Model
    /// The place in the model's own list, from 1.
    package var rank: Int
    /// The movie.
    package var movie: MovieID
    /// The model's score.
    package var score: CapsuleNumber
    /// The place in the list that the visitor sees; absent where it is not shown.
    package var displayOrder: Int?

    /// Copies a row.
    package init(_ row: RecommendationRow) {
        session = row.session
        phase = row.phase
        model = row.model
        rank = row.rank
        movie = row.movie
        score = CapsuleNumber(row.score)
        displayOrder = row.displayOrder
    }

    /// The row in words.
    var words: String {
        "session \(session) phase \(phase) \(model.rawValue) rank \(rank): movie \(movie), score \(score.value), "
            + (displayOrder.map { "shown at \($0)" } ?? "not shown")
    }
}

/// A number that need not be finite: JSON has none for the others, which are written as `"NaN"`, `"Infinity"`, `"-Infinity"`.
///
/// Two that are no number are the same here.
package struct CapsuleNumber: Hashable, Sendable, Codable {
    private static let names: [(name: String, value: Double)] = [
        ("NaN", .nan), ("Infinity", .infinity), ("-Infinity", -.infinity),
    ]

    /// The number.
    package let value: Double

    /// Wraps a number.
    package init(_ value: Double) {
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard let named = Self.names.first(where: { $0.name == text }) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "a number, or \"NaN\", \"Infinity\" or \"-Infinity\""
                )
            }
            value = named.value
        } else {
            value = try container.decode(Double.self)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if value.isFinite {
            try container.encode(value)
        } else {
            try container.encode(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
        }
    }

    package static func == (left: CapsuleNumber, right: CapsuleNumber) -> Bool {
        left.value == right.value || left.value.isNaN && right.value.isNaN
    }

    package func hash(into hasher: inout Hasher) {
        if !value.isNaN { hasher.combine(value) }
    }
}
