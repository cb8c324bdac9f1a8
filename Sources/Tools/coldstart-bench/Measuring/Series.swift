/// The timings of several runs of the same work.
struct Series {
    private(set) var timings: [Timing] = []

    /// Adds a run.
    mutating func add(_ timing: Timing) {
        timings.append(timing)
    }

    /// The number of runs.
    var count: Int { timings.count }

    /// The median time that passed, in seconds.
    var seconds: Double { median(timings.map(\.seconds)) }

    /// The median processor time, in seconds.
    var cpu: Double { median(timings.map(\.cpu)) }

    /// The shortest and the longest time that passed, in seconds.
    var range: ClosedRange<Double> {
        let ordered = timings.map(\.seconds).sorted()
        return (ordered.first ?? 0)...(ordered.last ?? 0)
    }
}

extension Series {
    /// Runs work so many times, behind a run that warms up and does not count.
    init<Result>(rounds: Int, _ work: () throws -> Result) rethrows {
        self.init()
        _ = try work()
        for _ in 0..<rounds { add(try timed(work).timing) }
    }
}

/// Returns the median, the mean of the middle two where the number is even.
///
/// - Precondition: There is a value.
/// - Complexity: O(*n* log *n*).
func median(_ values: [Double]) -> Double {
    precondition(!values.isEmpty, "the median of nothing")
    let ordered = values.sorted()
    let middle = ordered.count / 2
    return ordered.count.isMultiple(of: 2) ? (ordered[middle - 1] + ordered[middle]) / 2 : ordered[middle]
}
