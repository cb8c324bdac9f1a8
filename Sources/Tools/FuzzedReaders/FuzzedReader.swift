/// A reader of bytes from outside, as a function that any bytes must neither crash nor keep busy.
///
/// `scripts/fuzz` gives each what libFuzzer makes, and the unit tests give each its corpus in
/// `Tests/Fixtures/fuzz/NAME`. What a reader throws is its answer to bad input and is dropped.
package struct FuzzedReader: Sendable {
    /// What the scripts call it, also the name of its corpus.
    package let name: String
    private let body: @Sendable ([UInt8]) throws -> Void

    /// Creates a reader of bytes in memory.
    init(_ name: String, _ body: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Creates a reader of a file, which is given the path of one with the bytes.
    init(_ name: String, file: String, _ body: @escaping @Sendable (_ path: String) throws -> Void) {
        self.init(name) { bytes in
            try InputFolder.withFile(file, of: bytes, body)
        }
    }

    /// Reads bytes; whatever comes of it is dropped.
    package func read(_ bytes: [UInt8]) {
        try? body(bytes)
    }

    /// All readers.
    package static let all: [FuzzedReader] =
        modelFiles + scenarioFiles + comparisonFiles + diagnosedFiles + connections
}
