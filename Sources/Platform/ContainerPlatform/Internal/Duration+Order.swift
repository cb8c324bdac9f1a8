extension Duration {
    /// Whether the duration is the lesser; the standard library's operator is a call for each of the many comparisons of
    /// a simulation.
    @inline(__always)
    func isBefore(_ other: Duration) -> Bool { attoseconds < other.attoseconds }
}
