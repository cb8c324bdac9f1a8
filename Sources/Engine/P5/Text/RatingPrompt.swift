package import Domain
package import ModelFiles

/// The question that P5 answers about one movie for one visitor.
///
/// All prompts of a request share the text before the candidate's id, which is built once.
package struct RatingPrompt: Hashable, Sendable {
    /// The most ratings that a prompt names.
    package static let historyLimit = 30

    /// The text up to the candidate's id.
    package let beginning: String

    /// The text behind the candidate's id.
    package static let ending = "? (0 to 10, precise decimal allowed)"

    /// Builds the part that all candidates share.
    ///
    /// Of the first ``historyLimit`` ratings those of movies without an internal id, and those whose value is not a
    /// finite number, are left out. A value is cut to a whole number.
    ///
    /// - Parameters:
    ///   - session: Whose ratings they are.
    ///   - history: The ratings, newest first.
    ///   - dataMaps: The internal ids.
    /// - Complexity: O(*n*) in the number of ratings.
    package init(session: SessionID, history: [Rating], dataMaps: DataMaps) {
        let items = history.prefix(RatingPrompt.historyLimit)
            .compactMap { rating -> String? in
                guard let id = dataMaps.internalID(of: rating.movie) else { return nil }
                guard let whole = Int(exactly: rating.value.rounded(.towardZero)) else { return nil }
                return "movie_\(id):\(whole)"
            }
        let known = items.isEmpty ? "" : "Previous ratings: \(items.joined(separator: ", ")). "
        self.beginning = known + "Which star rating will user_\(session.text) give movie_"
    }

    /// Returns the whole prompt for a candidate's internal id.
    package func text(for internalID: String) -> String {
        beginning + internalID + RatingPrompt.ending
    }
}
