import ArgumentParser

/// A duration on the command line: a number with one of the units `s`, `m`, `h`.
struct DurationArgument: ExpressibleByArgument, Sendable {
    /// The duration.
    let duration: Duration

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = argument.last.flatMap({ units[$0] }), let number = Double(argument.dropLast()),
            number.isFinite, number > 0, number <= 1e6
        else { return nil }
        duration = .seconds(number * unit)
    }
}
