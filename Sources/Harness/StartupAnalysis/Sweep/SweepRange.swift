import Domain
import Scenarios

/// One value of an axis, or the values from one to another.
struct SweepRange {
    /// The values in their order.
    let values: [SweepValue]

    /// Reads `VALUE`, `FROM..TO` or `FROM..TO/STEP`.
    ///
    /// - Parameters:
    ///   - piece: The text.
    ///   - parameter: The parameter that takes the values.
    ///   - text: The argument that the text stands in, for messages.
    /// - Throws: `StartupAnalysisError` where the parameter cannot have the value.
    init(parsing piece: String, of parameter: SweepParameter, in text: String) throws(StartupAnalysisError) {
        guard let dots = piece.firstRange(of: "..") else {
            values = [try Self.value(piece, of: parameter, in: text)]
            return
        }
        let from = String(piece[..<dots.lowerBound])
        var to = String(piece[dots.upperBound...])
        var step: String?
        if let slash = to.firstIndex(of: "/") {
            step = String(to[to.index(after: slash)...])
            to = String(to[..<slash])
        }
        values = try Self.values(from: from, to: to, step: step, of: parameter, in: text)
    }

    private static func values(
        from: String,
        to: String,
        step: String?,
        of parameter: SweepParameter,
        in text: String
    ) throws(StartupAnalysisError) -> [SweepValue] {
        let first = try value(from, of: parameter, in: text)
        let last = try value(to, of: parameter, in: text)
        switch (first, last) {
        case (.seconds(let first), .seconds(let last)):
            return try whole(first, last, step, text).map(SweepValue.seconds)
        case (.count(let first), .count(let last)):
            return try whole(first, last, step, text).map(SweepValue.count)
        case (.duration(let first), .duration(let last)):
            let each = try step.map { (step) throws(StartupAnalysisError) in try duration(step, in: text) }
            let stride = (each ?? .seconds(1)).nanosecondCount
            guard stride > 0 else { throw bad(step ?? "", "a step above 0", in: text) }
            return try walked(first.nanosecondCount, last.nanosecondCount, stride, text)
                .map { .duration(.nanoseconds($0)) }
        case (.cores(let first), .cores(let last)):
            guard let each = step.map({ Double($0) }) ?? 1, each > 0, each.isFinite else {
                throw bad(step ?? "", "a step above 0", in: text)
            }
            // In thousandths of a vCPU, so that no rounding adds up.
            func thousandths(_ cores: Double) -> Int64 { Int64((cores * 1000).rounded()) }
            guard thousandths(each) > 0 else { throw bad(step ?? "", "a step of at least 0.001", in: text) }
            return try walked(thousandths(first), thousandths(last), thousandths(each), text)
                .map { .cores(Double($0) / 1000) }
        default:
            throw bad("\(from)..\(to)", "values one by one", in: text)
        }
    }

    private static func whole(
        _ first: Int,
        _ last: Int,
        _ step: String?,
        _ text: String
    ) throws(StartupAnalysisError) -> [Int] {
        guard let each = step.map({ Int64($0) }) ?? 1, each > 0 else {
            throw bad(step ?? "", "a whole step above 0", in: text)
        }
        return try walked(Int64(first), Int64(last), each, text).map { Int($0) }
    }

    private static func walked(
        _ first: Int64,
        _ last: Int64,
        _ step: Int64,
        _ text: String
    ) throws(StartupAnalysisError) -> [Int64] {
        guard first <= last else { return [] }
        guard (last - first) / step < SweepAxis.valueLimit else {
            throw StartupAnalysisError(.badValue, "--vary \(text): more than \(SweepAxis.valueLimit) values")
        }
        return Array(stride(from: first, through: last, by: Int64.Stride(step)))
    }

    private static func value(
        _ text: String,
        of parameter: SweepParameter,
        in whole: String
    ) throws(StartupAnalysisError) -> SweepValue {
        switch parameter {
        case .initialDelay, .period, .timeout:
            guard let number = Int(text), (0...1_000_000).contains(number) else {
                throw bad(text, "whole seconds without unit, such as 10", in: whole)
            }
            guard parameter != .period || number > 0 else { throw bad(text, "at least 1", in: whole) }
            return .seconds(number)
        case .failureThreshold:
            guard let number = Int(text), (1...1_000_000).contains(number) else {
                throw bad(text, "a whole number of at least 1", in: whole)
            }
            return .count(number)
        case .cpu:
            guard let cores = Double(text), (0.08...64).contains(cores) else {
                throw bad(text, "vCPU from 0.08 to 64", in: whole)
            }
            return .cores(cores)
        case .startupBoost:
            guard text == "on" || text == "off" else { throw bad(text, "on or off", in: whole) }
            return .isOn(text == "on")
        case .stage, .stages:
            return .duration(try duration(text, in: whole))
        }
    }

    private static func duration(_ text: String, in whole: String) throws(StartupAnalysisError) -> Duration {
        guard let duration = DurationText.duration(of: text), duration >= .zero, duration <= .seconds(86_400) else {
            throw bad(text, "a duration with a unit, such as 90s, at most 24h", in: whole)
        }
        return duration
    }

    private static func bad(_ found: String, _ expected: String, in text: String) -> StartupAnalysisError {
        StartupAnalysisError(.badValue, "--vary \(text): found `\(found)`, expected \(expected)")
    }
}
