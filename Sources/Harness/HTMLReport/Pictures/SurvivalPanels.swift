/// The survival map of a sweep, a picture for each panel: neighbours of one colour are one shape, and a thick line stands where
/// starts cease to survive.
struct SurvivalPanels {
    /// The room on the left for the values of the rows, as a share of the width.
    private static let left = 0.12
    private static let top = 18.0

    /// What the template shows: `caption` and `picture` of each panel.
    let values: ReportValue

    /// Reads the map of a sweep's report; nothing where it has none.
    ///
    /// - Throws: `HTMLReportError` where a value is missing.
    /// - Complexity: O(bins).
    init(_ report: ReportValue) throws(HTMLReportError) {
        guard report.has("map"), report["map"] != .nothing else {
            values = .list([])
            return
        }
        let map = try report.object("map")
        let probability = try report.number("probability")
        let across = try Side(try map.object("across"))
        let down = map["down"] == .nothing ? nil : try Side(try map.object("down"))
        let panels = map["panels"] == .nothing ? nil : try Side(try map.object("panels"))
        let pooled = try map.texts("pooled")
        var made: [ReportValue] = []
        for (number, panel) in try map.list("cells").enumerated() {
            guard case .list(let rows) = panel else { throw HTMLReportError(.unfit, "`cells[\(number)]` is no list") }
            var cells: [[Cell]] = []
            for row in rows { cells.append(try Cell.row(row.renderText)) }
            var captions = panels.map { ["\($0.name) \($0.value(number))"] } ?? []
            if !pooled.isEmpty { captions.append("over all values of " + pooled.joined(separator: ", ")) }
            let caption = captions.joined(separator: ", ")
            let svg = Self.picture(cells, across, down, survivesFrom: probability, named: caption)
            made.append(
                .object([
                    "caption": caption.isEmpty ? .nothing : .text(caption),
                    "picture": .markup(svg.markup(named: "map-\(number)", class: "map")),
                ])
            )
        }
        values = .list(made)
    }

    private static func picture(
        _ cells: [[Cell]],
        _ across: Side,
        _ down: Side?,
        survivesFrom least: Double,
        named caption: String
    ) -> SVG {
        let survived = cells.joined().reduce(0) { $0 + $1.survived }
        let started = cells.joined().reduce(0) { $0 + $1.started }
        let ways = across.name + (down.map { " (from left to right) and \($0.name) (from the bottom up)" } ?? "")
        let summary = "\(survived) of \(started) starts survive. The table below says for each line where the cliff is."
        var svg = SVG(
            title: "Which starts survive, by \(ways)\(caption.isEmpty ? "" : ", \(caption)")",
            description: summary
        )
        let height = max(6, min(22, 260 / Double(max(cells.count, 1))))
        func place(_ column: Int) -> Double { left + (1 - left) * Double(column) / Double(across.values.count) }
        for (number, row) in cells.enumerated() {
            // The least value stands at the bottom, as on every axis.
            let y = top + height * Double(cells.count - 1 - number)
            var from = 0
            for column in row.indices where column + 1 == row.count || row[column + 1].look != row[column].look {
                let values = "\(across.value(from)) to \(across.value(column))"
                let line = down.map { ", \($0.name) \($0.value(number))" } ?? ""
                svg.rectangle(
                    from: place(from),
                    to: place(column + 1),
                    top: y,
                    height: height,
                    class: row[column].look,
                    tip: "\(across.name) \(values)\(line): \(row[column].words)"
                )
                from = column + 1
            }
            for column in row.indices.dropLast()
            where row[column].survives(from: least) != row[column + 1].survives(from: least) {
                let x = place(column + 1)
                svg.line(from: (x, y), to: (x, y + height), class: "cliff")
            }
            if let down, number % max(1, Int((14 / height).rounded(.up))) == 0 {
                svg.text(down.value(number), at: left, y: y + height / 2 + 4, .end, class: "axis", shift: -6)
            }
        }
        let bottom = top + height * Double(cells.count)
        for column in stride(from: 0, to: across.values.count, by: max(1, (across.values.count + 7) / 8)) {
            let isWide = column / max(1, (across.values.count + 7) / 8) % 2 == 1
            svg.text(across.value(column), at: place(column), y: bottom + 14, class: isWide ? "axis wide" : "axis")
        }
        if let down { svg.text(down.name, at: 0, y: 11, class: "axis") }
        svg.text(across.name, at: 1, y: bottom + 30, .end, class: "axis")
        svg.height = bottom + 36
        return svg
    }

    /// One axis.
    private struct Side {
        let name: String
        let values: [String]

        init(_ side: ReportValue) throws(HTMLReportError) {
            name = try side.text("name")
            values = try side.texts("values")
            guard !values.isEmpty else { throw HTMLReportError(.unfit, "`values` of \(name) is empty") }
        }

        func value(_ number: Int) -> String { values.indices.contains(number) ? values[number] : "?" }
    }

    /// The starts of one bin.
    private struct Cell {
        let survived: Int
        let started: Int

        /// Reads a row such as `8/8 3/8 -`.
        static func row(_ text: String) throws(HTMLReportError) -> [Cell] {
            var cells: [Cell] = []
            for word in text.split(separator: " ") {
                let numbers = word.split(separator: "/").compactMap { Int($0) }
                guard word == "-" || numbers.count == 2 && numbers[0] <= numbers[1] else {
                    throw HTMLReportError(.unfit, "`cells` has \"\(word.prefix(20))\": expected such as 3/8, or -")
                }
                cells.append(
                    numbers.count == 2 ? Cell(survived: numbers[0], started: numbers[1]) : Cell(survived: 0, started: 0)
                )
            }
            return cells
        }

        /// The class of its colour: the share in tenths, of which only all are 10 and only none are 0.
        var look: String {
            guard started > 0 else { return "refused" }
            let tenths = survived * 10 / started
            return "share-\(survived > 0 ? max(1, tenths) : 0)"
        }

        var words: String { started > 0 ? "\(survived) of \(started) survive" : "refused" }

        func survives(from least: Double) -> Bool { started > 0 && Double(survived) >= least * Double(started) }
    }
}
