import Domain
import Formats

extension SessionLine {
    static func line(of text: UnsafeRawBufferPointer) throws(JSONFault) -> SessionLine {
        try line(of: text) { (scanner) throws(JSONFault) in try SessionLine(scanning: &scanner) }
    }

    /// Scans a session whose members all have the types that they mostly have.
    init?(scanning scanner: inout JSONScanner) throws(JSONFault) {
        var keys = LineKeys()
        var id: SessionID?
        var phase = Self.defaultPhase
        var ratings: ScannedRatings?
        var phase1Movies: [MovieID]? = []
        try scanner.object(checksKeys: false) { (key, _, scanner) throws(JSONFault) in
            keys.see(key)
            switch key {
            case "session_id": id = SessionID(try scanner.string())
            case "phase": phase = try scanner.string()
            case "ratings": ratings = try ScannedRatings(scanning: &scanner)
            case "phase1_movies": phase1Movies = try scanner.movieIDs()
            default: try scanner.skipValue()
            }
        }
        guard keys.areDifferent, let id, let ratings, let phase1Movies else { return nil }
        session = RecordedSession(
            id: id,
            phase: phase,
            ratings: ratings.known,
            phase1Movies: phase1Movies,
            heldOut: ratings.heldOut
        )
    }
}

/// The ratings of a line.
private struct ScannedRatings {
    var known: [Rating] = []
    var heldOut: [Rating] = []

    init?(scanning scanner: inout JSONScanner) throws(JSONFault) {
        var isPlain = true
        var known: [Rating] = []
        var heldOut: [Rating] = []
        try scanner.array { (_, scanner) throws(JSONFault) in
            guard let line = try RatingLine(scanning: &scanner) else {
                isPlain = false
                return
            }
            if line.isHeldOut { heldOut.append(line.rating) } else { known.append(line.rating) }
        }
        guard isPlain else { return nil }
        (self.known, self.heldOut) = (known, heldOut)
    }
}

extension RatingLine {
    fileprivate init?(scanning scanner: inout JSONScanner) throws(JSONFault) {
        var keys = LineKeys()
        var movie: MovieID?
        var value: Double?
        var createdAt: Timestamp?
        var isHeldOut = false
        try scanner.object(checksKeys: false) { (key, _, scanner) throws(JSONFault) in
            keys.see(key)
            switch key {
            case "movie_id": movie = try scanner.movieID()
            case "rating": value = try scanner.double()
            case "created_at":
                createdAt =
                    scanner.nextByte == UInt8(ascii: "\"")
                    ? ISO8601.timestamp(try scanner.string()) : Timestamp(unixSeconds: try scanner.double())
            case "held_out": isHeldOut = try scanner.decode(Bool.self)
            default: try scanner.skipValue()
            }
        }
        guard keys.areDifferent, let movie, let value, (0...10).contains(value), let createdAt else { return nil }
        rating = Rating(movie: movie, value: value, createdAt: createdAt)
        self.isHeldOut = isHeldOut
    }
}
