package import Domain
import Formats

/// Reads a list of movie ids, such as `item_ids.json` beside a factor matrix.
package enum MovieIDList {
    /// Reads an array of strings and whole numbers; a number keeps the digits with which it is written.
    ///
    /// - Returns: The ids in their order.
    /// - Throws: ``ModelFileError`` where the file is unreadable or empty, is not JSON, or holds anything else.
    /// - Complexity: O(*n*).
    package static func read(_ path: String) throws(ModelFileError) -> [MovieID] {
        try JSONFile.scan(path, expected: "an array of ids, strings or whole numbers") {
            scanner throws(JSONFault) in
            var movies: [MovieID] = []
            try scanner.array { (_, scanner) throws(JSONFault) in movies.append(MovieID(try scanner.identifier())) }
            return movies
        }
    }
}
