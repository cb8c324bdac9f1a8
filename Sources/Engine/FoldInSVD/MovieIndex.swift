import Domain

/// Finds the row of a movie by its id.
///
/// A hash table with open addressing (Knuth, The Art of Computer Programming, 6.4, algorithm L) over the bytes of the
/// ids. It is built from the model's own ids and only asked afterwards, so that its hash needs no seed: whoever asks
/// cannot make the table slow.
struct MovieIndex: Sendable {
    private struct Slot {
        /// The upper half of the hash: most movies that are not the one looked for differ in it.
        var tag: UInt32
        /// The row, −1 where there is none.
        var row: Int32
    }

    private let movies: [MovieID]
    private let slots: [Slot]

    /// A movie that comes twice.
    struct Repetition: Error {
        /// The row of the second.
        var row: Int
        /// The row of the first.
        var earlier: Int
    }

    /// Indexes movies by their places.
    ///
    /// - Throws: ``Repetition`` where a movie comes twice.
    /// - Precondition: 32 bits can count the movies.
    /// - Complexity: O(*n*).
    init(_ movies: [MovieID]) throws(Repetition) {
        self.movies = movies
        // A quarter of the slots or more stay empty, so that a search is short and ends.
        var size = 2
        while 3 * size < 4 * (movies.count + 1) { size *= 2 }
        var slots = [Slot](repeating: Slot(tag: 0, row: -1), count: size)
        for (row, movie) in movies.enumerated() {
            let hash = Self.hash(movie)
            var place = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[place].row >= 0 {
                let earlier = Int(slots[place].row)
                guard slots[place].tag != hash >> 32 || movies[earlier] != movie else {
                    throw Repetition(row: row, earlier: earlier)
                }
                place = (place + 1) & (size - 1)
            }
            slots[place] = Slot(tag: UInt32(truncatingIfNeeded: hash >> 32), row: Int32(row))
        }
        self.slots = slots
    }

    /// The row of a movie, `nil` where it is none of the indexed.
    ///
    /// - Complexity: O(1) on average.
    func row(of movie: MovieID) -> Int? {
        let hash = Self.hash(movie)
        let tag = UInt32(truncatingIfNeeded: hash >> 32)
        return slots.withUnsafeBufferPointer { slots in
            var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[place].row >= 0 {
                if slots[place].tag == tag, movies[Int(slots[place].row)] == movie {
                    return Int(slots[place].row)
                }
                place = (place + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    /// Mixes the bytes of an id, eight at a time (the multiplier is 2⁶⁴ over the golden ratio, as in Fibonacci
    /// hashing).
    private static func hash(_ movie: MovieID) -> UInt64 {
        var text = movie.text
        return text.withUTF8 { bytes in
            var hash = UInt64(truncatingIfNeeded: bytes.count)
            var index = 0
            while index < bytes.count {
                var word: UInt64 = 0
                if index + 8 <= bytes.count {
                    word = UnsafeRawPointer(bytes.baseAddress! + index).loadUnaligned(as: UInt64.self)
                } else {
                    for byte in bytes[index...] { word = word << 8 | UInt64(byte) }
                }
                hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
                index += 8
            }
            return hash
        }
    }
}
