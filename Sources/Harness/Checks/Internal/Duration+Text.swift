import Scenarios

extension Duration {
    /// The duration in seconds to the millisecond, such as `240 s` or `12.345 s`.
    var text: String {
        let (seconds, attoseconds) = components
        let sign = seconds < 0 || attoseconds < 0 ? "-" : ""
        var milliseconds = (attoseconds.magnitude + 500_000_000_000_000) / 1_000_000_000_000_000
        var whole = seconds.magnitude
        if milliseconds == 1000 {
            whole += 1
            milliseconds = 0
        }
        guard milliseconds > 0 else { return "\(sign)\(whole) s" }
        var digits = String(1000 + milliseconds).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(whole).\(digits) s"
    }
}

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
