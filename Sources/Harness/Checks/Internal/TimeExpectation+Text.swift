import Domain
import Scenarios

extension TimeExpectation {
    /// The expectation in words.
    var text: String {
        switch self {
        case .never: "never"
        case .within(let from?, let to?) where to - from <= .milliseconds(1): ((from + to) / 2).text
        case .within(let from?, let to?): "from \(from.text) to \(to.text)"
        case .within(let from?, nil): "\(from.text) or later"
        case .within(nil, let to?): "\(to.text) or earlier"
        case .within(nil, nil): "at any time"
        }
    }
}
