/// The names of the test cases of one scenario: unique among them, and the same in every run of the scenario.
///
/// Jenkins and GitLab fold cases of one class and one name into one. A check that is about requests is named with their
/// numbers, as a scenario may expect something of several; where names are still the same, what the check expects is added,
/// and then their number.
struct CaseNames {
    /// A name for each verdict, in their order.
    let names: [String]

    /// Names the cases of verdicts.
    ///
    /// - Complexity: O(*n*) in the number of verdicts.
    init(_ verdicts: [VerdictReport]) {
        let first = verdicts.map { $0.check + Self.text($0.requests) }
        let second = zip(first, verdicts)
            .map { name, verdict in
                guard first.count(where: { $0 == name }) > 1, let expected = verdict.expected else { return name }
                return "\(name), \(expected)"
            }
        var seen: [String: Int] = [:]
        var taken = Set(second)
        names = second.map { name in
            let number = seen[name, default: 0] + 1
            seen[name] = number
            guard number > 1 else { return name }
            var next = number
            while !taken.insert("\(name) #\(next)").inserted { next += 1 }
            return "\(name) #\(next)"
        }
    }

    /// Numbers of requests as ranges, such as `, request 1` or `, requests 1-3 5`; nothing where there are none.
    private static func text(_ requests: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in Set(requests).sorted() {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        guard !ranges.isEmpty else { return "" }
        let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        return (Set(requests).count == 1 ? ", request " : ", requests ") + texts.joined(separator: " ")
    }
}
