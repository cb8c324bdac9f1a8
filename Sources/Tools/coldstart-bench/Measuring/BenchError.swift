/// Why the benchmarks cannot go on.
struct BenchError: Error, CustomStringConvertible {
    /// What was found, what was expected and what to do, in one line.
    let description: String

    /// Creates an error.
    init(_ description: String) {
        self.description = description
    }
}
