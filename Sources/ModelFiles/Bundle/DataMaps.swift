package import Domain

/// The map from movie ids to the ids that P5 was trained with (`datamaps.json`).
package struct DataMaps: Sendable {
    /// The file it was read from.
    package let path: String

    private let internalIDs: [MovieID: String]

    /// Reads the file: an object with `item2id`, an object of movie ids to internal ids.
    ///
    /// Internal ids are strings; whole numbers are taken as well. Other keys of the file are ignored.
    ///
    /// - Throws: ``ModelFileError`` where the file is unreadable, is not JSON or has another form.
    package init(path: String) throws(ModelFileError) {
        let file = try JSONFile.read(
            path,
            as: Contents.self,
            expected: "{\"item2id\": {\"movie id\": \"internal id\"}}"
        )
        self.path = path
        self.internalIDs = Dictionary(
            uniqueKeysWithValues: file.item2id.map { (MovieID($0.key), $0.value.text) }
        )
    }

    /// Creates a map from values.
    package init(internalIDs: [MovieID: String]) {
        self.path = ""
        self.internalIDs = internalIDs
    }

    /// The number of mapped films.
    package var count: Int { internalIDs.count }

    /// The id by which P5 knows a film, `nil` where it was not trained with it.
    package func internalID(of movie: MovieID) -> String? { internalIDs[movie] }

    private struct Contents: Decodable {
        let item2id: [String: Identifier]
    }

    /// A string or a whole number, as movie ids are.
    private struct Identifier: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            self.text = try MovieID(from: decoder).text
        }
    }
}
