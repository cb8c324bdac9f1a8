extension Duration {
    /// Later than everything that can happen.
    package static var never: Duration { .seconds(Int64.max) }
}
