/// Something of an input that was not read, or not to its end.
package struct ReadingNote: Hashable, Sendable, Codable {
    /// The file.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column, from 1.
    package var column: Int
    /// What was found, and what became of it.
    package var message: String
}

/// The notes about one input, the first hundred of them.
struct ReadingNotes {
    private static let limit = 100

    /// The notes in the order of the input.
    private(set) var all: [ReadingNote] = []
    private let file: String

    /// Creates notes about an input that is called so.
    init(of file: String) {
        self.file = file
    }

    /// Adds a note.
    mutating func add(_ line: Int, _ column: Int, _ message: String) {
        guard all.count < Self.limit else { return }
        all.append(ReadingNote(file: file, line: line, column: column, message: message))
    }
}
