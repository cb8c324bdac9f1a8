/// How many sessions one statement is given, so that the memory it needs does not grow with the run.
let sessionsAtOnce = 1_000

extension Array {
    /// The elements in parts of so many, the last of what is left.
    func parts(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
