import Domain

extension TimelineDifference {
    /// The difference in one sentence.
    package var words: String {
        func seconds(_ seconds: Double) -> String { Duration.seconds(seconds).fixedSecondsText + " s" }
        return switch self {
        case .strategy(let expected, let found): "the strategy is \(found), expected \(expected)"
        case .missing(let name): "the stage \(name) is missing"
        case .unknown(let name): "the stage \(name) is not in the golden"
        case .order(let expected, let found): "\(found) comes where \(expected) is expected"
        case .period(let name, let expected, let found):
            "\(name) begins while the instance is \(found.rawValue), expected while it is \(expected.rawValue)"
        case .duration(let name, let took, let from, let to):
            "\(name) took \(seconds(took)), expected \(seconds(from)) to \(seconds(to))"
        }
    }
}
