package import Domain

/// A rating that a visitor gives while the service runs.
package struct NewRating: Hashable, Sendable {
    /// When it is given, from the start of the instance.
    package let at: Duration
    /// Whose it is.
    package let session: Located<SessionReference>
    /// The movie.
    package let movie: MovieID
    /// The rating, 0 to 10.
    package let value: Double

    /// Creates a rating.
    package init(at: Duration, session: Located<SessionReference>, movie: MovieID, value: Double) {
        self.at = at
        self.session = session
        self.movie = movie
        self.value = value
    }
}
