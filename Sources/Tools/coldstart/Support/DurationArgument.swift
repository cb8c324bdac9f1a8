import ArgumentParser

/// A duration on the command line: a number with one of the units `ms`, `s`, `m`, `h`.
struct DurationArgument: ExpressibleByArgument, Sendable {
    /// The duration.
    let duration: Duration

    init?(argument: String) {
        let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
        guard let unit = units.first(where: { argument.hasSuffix($0.name) }),
            let number = Double(argument.dropLast(unit.name.count)),
            number.isFinite, number > 0, number <= 1e6
        else { return nil }
        duration = .seconds(number * unit.seconds)
    }
}

/// How often something is done on the command line: a duration, or 0 for every time.
struct IntervalArgument: ExpressibleByArgument, Sendable {
    /// The interval, which may be zero.
    let duration: Duration

    init?(argument: String) {
        if argument == "0" || argument == "0s" {
            duration = .zero
        } else if let argument = DurationArgument(argument: argument) {
            duration = argument.duration
        } else {
            return nil
        }
    }
}
