package import Domain
import Formats

/// The map from movie ids to the ids that P5 was trained with (`datamaps.json`).
package struct DataMaps: Sendable {
    /// The file it was read from.
    package let path: String

    private let internalIDs: [MovieID: String]

    /// Reads the file: an object with `item2id`, an object of movie ids to internal ids.
    ///
    /// Internal ids are strings; whole numbers are taken as well. Other keys of the file are ignored.
    ///
    /// - Throws: ``ModelFileError`` where the file is unreadable, is not JSON, has another form or maps a movie twice.
    /// - Complexity: O(*n*).
    package init(path: String) throws(ModelFileError) {
        let expected = "{\"item2id\": {\"movie id\": \"internal id\"}}"
        let map = try JSONFile.scan(path, expected: expected) { scanner throws(JSONFault) in
            try DataMaps.scan(&scanner)
        }
        self.path = path
        self.internalIDs = map
    }

    private static func scan(_ scanner: inout JSONScanner) throws(JSONFault) -> [MovieID: String] {
        var map: [MovieID: String]?
        try scanner.object { (key, _, scanner) throws(JSONFault) in
            guard key == "item2id" else {
                try scanner.skipValue()
                return
            }
            var entries: [MovieID: String] = [:]
            // The map itself finds an id that comes twice.
            try scanner.object(checksKeys: false) { (movie, offset, scanner) throws(JSONFault) in
                let id = try scanner.identifier()
                guard entries.updateValue(id, forKey: MovieID(movie)) == nil else {
                    throw JSONFault(.duplicateKey, offset: offset, found: "the id twice", expected: "each id once")
                }
            }
            map = entries
        }
        guard let map else {
            throw JSONFault(offset: 0, found: "no key \"item2id\"", expected: "one")
        }
        return map
    }

    /// Creates a map from values.
    package init(internalIDs: [MovieID: String]) {
        self.path = ""
        self.internalIDs = internalIDs
    }

    /// The number of mapped movies.
    package var count: Int { internalIDs.count }

    /// The mapped movies, in no order.
    package var movies: some Collection<MovieID> { internalIDs.keys }

    /// The id by which P5 knows a movie, `nil` where it was not trained with it.
    package func internalID(of movie: MovieID) -> String? { internalIDs[movie] }
}
