import Domain

/// By input: whether it is written newest or oldest first.
struct FileDirections {
    /// By input: how often an entry is later than the one before it, less how often it is earlier.
    private var steps: [Int] = []
    private var file = 0
    private var last: Timestamp?

    /// Begins an input.
    mutating func begin(_ file: Int) {
        self.file = file
        last = nil
    }

    /// Takes the time of the next entry.
    mutating func note(_ time: Timestamp?) {
        guard let time else { return }
        defer { last = time }
        guard let last, last != time else { return }
        while steps.count <= file { steps.append(0) }
        steps[file] += last < time ? 1 : -1
    }

    /// Whether each of so many inputs is written newest first.
    func isNewestFirst(of count: Int) -> [Bool] { (0..<count).map { steps.indices.contains($0) && steps[$0] < 0 } }
}
