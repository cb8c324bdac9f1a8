import Domain

/// The ranks and display orders of one session's rows, apart from which movies they are.
struct SetShape {
    let rows: [RecommendationRow]

    init(of rows: [RecommendationRow]) {
        self.rows = rows
    }

    /// Returns what is wrong with the set: its size, gaps in its ranks, a display order that the answer did not say.
    func faults(against set: ExpectedSet) -> [String] {
        var faults: [String] = []
        for model in Model.allCases {
            let ranks = rows.filter { $0.model == model }.map(\.rank).sorted()
            let saved = set.saved[model, default: 0]
            if ranks.count != saved {
                faults.append("\(ranks.count) rows of \(model.rawValue), the answer promised \(saved)")
            }
            if ranks != Array(1...max(1, ranks.count)).prefix(ranks.count).map(\.self) {
                faults.append("the ranks of \(model.rawValue) do not run 1…\(ranks.count): \(Self.text(ranks))")
            }
        }
        let orders = rows.compactMap(\.displayOrder).sorted()
        let expected = set.rows.compactMap(\.displayOrder).sorted()
        if orders != expected {
            faults.append("display_order is \(Self.text(orders)), the answer said \(Self.text(expected))")
        }
        if orders != Array(1...max(1, orders.count)).prefix(orders.count).map(\.self) {
            faults.append("display_order does not run 1…\(orders.count): \(Self.text(orders))")
        }
        return faults
    }

    private static func text(_ numbers: [Int]) -> String {
        numbers.isEmpty ? "nothing" : numbers.map(String.init).joined(separator: " ")
    }
}
