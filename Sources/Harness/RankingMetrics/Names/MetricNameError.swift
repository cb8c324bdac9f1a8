import SourcePlaces

/// A text that names no metric.
package struct MetricNameError: Error, Hashable, Sendable {
    /// What is wrong with a name.
    package enum Problem: Hashable, Sendable {
        /// It does not have the form `NAME(key=value,…)@DEPTH`.
        case malformed
        /// There is no such measure.
        case unknownMeasure(String)
        /// The measure needs the number of places.
        case depthMissing
        /// The measure always takes all places.
        case depthNotTaken
        /// The depth is no whole number from 1.
        case badDepth(String)
        /// The measure has no such parameter.
        case unknownParameter(String)
        /// The measure needs this parameter.
        case parameterMissing(String)
        /// A parameter stands there twice.
        case repeatedParameter(String)
        /// A parameter's value, and what it may be.
        case badParameter(String, String, expected: String)
    }

    /// The text.
    package let text: String
    /// What is wrong with it.
    package let problem: Problem

    /// Creates an error.
    package init(text: String, problem: Problem) {
        self.text = text
        self.problem = problem
    }

    /// All forms of names, for messages.
    package static let known: [String] = MetricName.Measure.allCases.map(\.forms)

    /// What is wrong with the text, without the names that are known.
    package var statement: String { "\"\(text)\" is no metric: \(reason)" }

    /// The known measure that is written most alike, `nil` where none is near.
    package var nearest: String? {
        guard case .unknownMeasure(let name) = problem else { return nil }
        return NearestName.of(name, among: MetricName.Measure.allCases.map(\.rawValue))
    }
}

extension MetricNameError: CustomStringConvertible {
    package var description: String { "\(statement); known: \(Self.known.joined(separator: " "))" }

    private var reason: String {
        switch problem {
        case .malformed: "expected NAME, NAME@DEPTH or NAME(key=value,…)@DEPTH"
        case .unknownMeasure(let name):
            "no measure is called \"\(name)\"" + (nearest.map { ", did you mean \($0)?" } ?? "")
        case .depthMissing: "it needs a depth, as in \(text)@10"
        case .depthNotTaken: "it takes all places and no depth"
        case .badDepth(let depth): "the depth is \"\(depth)\", expected a whole number from 1"
        case .unknownParameter(let key): "it has no parameter \"\(key)\""
        case .parameterMissing(let key): "it needs the parameter \"\(key)\""
        case .repeatedParameter(let key): "the parameter \"\(key)\" stands there twice"
        case .badParameter(let key, let value, let expected): "\(key) is \"\(value)\", expected \(expected)"
        }
    }
}
