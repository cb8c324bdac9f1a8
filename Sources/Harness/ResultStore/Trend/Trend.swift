package import Domain

/// What one run says of a metric.
package struct TrendValue: Hashable, Sendable {
    /// The run.
    package var run: Int
    /// When it was first written to.
    package var writtenAt: Timestamp
    /// The run's command.
    package var command: String
    /// The run's release.
    package var release: String
    /// What was measured: a scenario, a list.
    package var subject: String
    /// The part of it, such as a slice.
    package var part: String
    /// The metric as it is written.
    package var name: String
    /// The value.
    package var value: Double
    /// The lower end of its interval.
    package var low: Double?
    /// The upper end of its interval.
    package var high: Double?
    /// How many sessions or starts it was made of.
    package var samples: Int?
}

/// The history of a metric over releases: a line for each thing that it was measured of.
///
/// Releases stand in the order of their first results. Of several runs of a release the last one counts; the least and the
/// most of them are kept beside it, and nothing is averaged.
package struct Trend: Hashable, Sendable {
    /// A release's value.
    package struct Point: Hashable, Sendable {
        /// The place of its release among ``Trend/releases``.
        package let place: Int
        /// The last value.
        package fileprivate(set) var last: TrendValue
        /// The least of all runs of the release.
        package fileprivate(set) var least: Double
        /// The most.
        package fileprivate(set) var most: Double
        /// How many runs there are.
        package fileprivate(set) var runs = 1
    }

    /// What was measured, over releases.
    package struct Line: Hashable, Sendable {
        /// The command.
        package let command: String
        /// What was measured.
        package let subject: String
        /// The part of it.
        package let part: String
        /// The releases that have a value, in order.
        package fileprivate(set) var points: [Point]

        /// What was measured, in words.
        package var label: String {
            (["", "all"].contains(part) ? [subject] : [subject, part]).joined(separator: " · ")
        }
    }

    /// The metric as it is written; as it was asked for where there is no value.
    package let metric: String
    /// The releases in the order of their first results.
    package private(set) var releases: [String] = []
    /// What was measured, in the order in which it was first.
    package private(set) var lines: [Line] = []

    /// Orders values.
    ///
    /// - Parameters:
    ///   - metric: The name that was asked for.
    ///   - values: The values, the oldest first.
    /// - Complexity: O(*n*) in the values.
    package init(of metric: String, _ values: [TrendValue]) {
        struct Key: Hashable { var command, subject, part: String }
        self.metric = values.first?.name ?? metric
        var places: [String: Int] = [:]
        var numbers: [Key: Int] = [:]
        // A value that is no number has no place among numbers.
        for value in values where value.value.isFinite {
            let place = places[value.release] ?? releases.count
            if place == releases.count {
                places[value.release] = place
                releases.append(value.release)
            }
            let key = Key(command: value.command, subject: value.subject, part: value.part)
            let number = numbers[key] ?? lines.count
            if number == lines.count {
                numbers[key] = number
                lines.append(Line(command: value.command, subject: value.subject, part: value.part, points: []))
            }
            lines[number].add(value, at: place)
        }
    }
}

extension Trend.Line {
    fileprivate mutating func add(_ value: TrendValue, at place: Int) {
        // A release may come back after a later one, as a repaired old branch does.
        let index = points.lastIndex { $0.place <= place }
        if let index, points[index].place == place {
            points[index].last = value
            points[index].least = min(points[index].least, value.value)
            points[index].most = max(points[index].most, value.value)
            points[index].runs += 1
        } else {
            let point = Trend.Point(place: place, last: value, least: value.value, most: value.value)
            points.insert(point, at: index.map { $0 + 1 } ?? 0)
        }
    }
}
