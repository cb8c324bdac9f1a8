import Domain
import Observations

extension SessionAudit {
    /// How many movies a visitor's list has at most, and from how many places of each model they come.
    private static var listLimit: Int { 10 }

    /// Judges the visitor's list: the displayed rows of both models.
    mutating func judgeDisplay(_ rows: [Row], sets: [Model: [Row]]) {
        var displayed = rows.filter { $0.displayOrder != nil }
        guard !displayed.isEmpty else { return }
        let places = displayed.compactMap(\.displayOrder)
        if Self.areCountedFromZero(places) {
            add(
                .displayStrangers,
                nil,
                cause: .placesFromZero,
                "places 0 to \(places.count - 1) in place of 1 to \(places.count)"
            )
            for index in displayed.indices { displayed[index].displayOrder? += 1 }
        }
        let before = findings.count
        judgePlaces(of: displayed)
        let orders = displayed.compactMap(\.displayOrder).filter { (1...Self.listLimit).contains($0) }
        let repeated = Self.repeated(in: orders)
        let twice = Self.repeated(in: displayed.compactMap(\.movie))
        if !repeated.isEmpty { add(.displayRepeats, nil, "place \(Self.list(repeated)) more than once") }
        if let movie = twice.first {
            add(.displayRepeats, nil, "movie \(movie.text.prefix(60)) at more than one place")
        }

        let offered = Set(rows.filter { (1...Self.listLimit).contains($0.rank ?? 0) }.compactMap(\.movie)).count
        let whole = min(Self.listLimit, offered)
        let missing = Self.missing(in: orders, upTo: max(whole, orders.max() ?? 0))
        if !missing.isEmpty { add(.displayGaps, nil, "place \(missing) of \(whole) is missing") }
        if findings.count == before { judgeTurns(of: displayed, sets: sets) }
    }

    private mutating func judgePlaces(of displayed: [Row]) {
        for row in displayed {
            guard let order = row.displayOrder, let rank = row.rank, let model = row.model.flatMap(Model.init) else {
                continue
            }
            let movie = "movie \((row.movie?.text ?? "").prefix(60))"
            if !(1...Self.listLimit).contains(order) {
                add(.displayStrangers, model, "\(movie) at place \(order)")
            } else if !(1...Self.listLimit).contains(rank) {
                add(.displayStrangers, model, "\(movie) at place \(order), which has rank \(rank)")
            }
        }
    }

    /// Judges the order, where nothing else is wrong with the list: the models offer their movies in turn.
    private mutating func judgeTurns(of displayed: [Row], sets: [Model: [Row]]) {
        let entries = displayed.sorted { ($0.displayOrder ?? 0) < ($1.displayOrder ?? 0) }
            .compactMap { row -> DisplayList.Entry? in
                guard let model = row.model.flatMap(Model.init), let movie = row.movie else { return nil }
                return .init(model: model, movie: movie, order: row.displayOrder ?? 0)
            }
        let tops = sets.mapValues { set in set.prefix(Self.listLimit).compactMap(\.movie) }
        let lists = Model.allCases.map { start in
            DisplayList(svd: tops[.svd] ?? [], p5: tops[.p5] ?? [], start: start, limit: Self.listLimit)
        }
        guard !lists.contains(DisplayList(entries: entries)) else { return }
        let same = lists.map { list in zip(list.entries, entries).prefix { $0 == $1 }.count }.max() ?? 0
        let found = same < entries.count ? "movie \(entries[same].movie) of \(entries[same].model.rawValue)" : "nothing"
        add(.displayOutOfTurn, nil, "place \(same + 1) is \(found), which no start gives")
    }

    /// The numbers from 1 to the highest, or to `last`, that are not there; ranges are written short.
    static func missing(in numbers: [Int], upTo last: Int? = nil) -> String {
        let there = Set(numbers)
        // A rank of a billion is one gap, not a billion of them.
        let sorted = ([0] + there.filter { $0 > 0 }.sorted()) + (last.map { [$0 + 1] } ?? [])
        var gaps: [String] = []
        for (low, high) in zip(sorted, sorted.dropFirst()) where high > low + 1 {
            gaps.append(low + 2 == high ? "\(low + 1)" : "\(low + 1) to \(high - 1)")
        }
        return gaps.prefix(5).joined(separator: ", ") + (gaps.count > 5 ? ", …" : "")
    }

    /// The values that are there more than once, in order.
    static func repeated<Value: Hashable & Comparable>(in values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        guard !values.allSatisfy({ seen.insert($0).inserted }) else { return [] }
        return Dictionary(grouping: values) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }

    static func list(_ numbers: [Int]) -> String {
        numbers.prefix(5).map(String.init).joined(separator: ", ") + (numbers.count > 5 ? ", …" : "")
    }

    /// A span of time in the unit that suits it.
    static func span(from start: Timestamp, to end: Timestamp) -> String {
        let (difference, overflow) = end.microseconds.subtractingReportingOverflow(start.microseconds)
        let seconds = overflow ? Int64.max / 1_000_000 : difference / 1_000_000
        return switch seconds {
        case ..<1: "\((overflow ? 0 : difference) / 1000) ms"
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
