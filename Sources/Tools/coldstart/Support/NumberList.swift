import ArgumentParser

/// Whole numbers from 1, separated by commas.
struct NumberList: ExpressibleByArgument, CustomStringConvertible {
    /// The numbers.
    let values: [Int]

    init(values: [Int]) {
        self.values = values
    }

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard !numbers.isEmpty, numbers.allSatisfy({ ($0 ?? 0) >= 1 }) else { return nil }
        values = numbers.compactMap(\.self)
    }

    var description: String { values.map(String.init).joined(separator: ",") }
    var defaultValueDescription: String { description }
}
