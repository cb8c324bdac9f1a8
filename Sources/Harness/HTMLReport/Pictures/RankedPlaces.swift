/// One list of a bump chart: its movies in order, with their scores.
struct RankedPlaces: Equatable {
    /// Which list it is.
    enum Kind: String, CaseIterable {
        case svd
        case p5
        case display

        /// The name in pictures.
        var name: String {
            switch self {
            case .svd: "SVD"
            case .p5: "P5"
            case .display: "display"
            }
        }
    }

    /// Which list it is.
    let kind: Kind
    /// Its movies in order.
    private(set) var movies: [String] = []
    /// Their scores; empty where it has none.
    private(set) var scores: [Double] = []
    /// The places in SVD's list, from 1, of movies of which the report says it.
    private(set) var svdPlaces: [String: Int] = [:]

    /// Creates a list of movies without scores.
    init(_ kind: Kind, movies: [String]) {
        self.kind = kind
        self.movies = movies
    }

    /// Reads a list of a report or of a kept comparison; empty where it has none.
    ///
    /// - Throws: `HTMLReportError` where a place has no movie.
    init(_ kind: Kind, _ value: ReportValue) throws(HTMLReportError) {
        self.kind = kind
        guard case .list(let places) = value else { return }
        for place in places {
            let movie = try place.text(place.has("movie_id") ? "movie_id" : "movie")
            movies.append(movie)
            if let score = place.optionalNumber("score") { scores.append(score) }
            if let origin = place.optionalNumber("svdPlace") { svdPlaces[movie] = Int(origin) }
        }
        if scores.count != movies.count { scores = [] }
    }

    /// Reads the three lists under their names.
    ///
    /// - Throws: `HTMLReportError` where a place has no movie.
    static func lists(_ value: ReportValue) throws(HTMLReportError) -> [RankedPlaces] {
        var lists: [RankedPlaces] = []
        for kind in Kind.allCases { lists.append(try RankedPlaces(kind, value[kind.rawValue])) }
        return lists
    }
}
