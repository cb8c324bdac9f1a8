import Reports

/// The survival map as a picture: a panel for each value of the third axis, a cell for each bin of the other two.
///
/// A cell is green where all starts survive, red where none does, between the two in proportion, and grey where the
/// platform refuses the configuration.
package struct SurvivalPicture: Sendable {
    private static let plotWidth = 480.0
    private static let (left, right, top, bottom) = (96.0, 24.0, 34.0, 46.0)
    private static let headHeight = 64.0
    /// Colours that people tell apart whose eyes confuse red and green: lightness differs too.
    private static let (dies, survives) = ((214.0, 69.0, 65.0), (63.0, 185.0, 80.0))
    private static let refused = "#8b949e55"

    private let map: SurvivalMap
    private let title: String

    /// Creates the picture of a map.
    package init(_ map: SurvivalMap, title: String) {
        self.map = map
        self.title = title
    }

    /// Returns the document.
    ///
    /// - Complexity: O(bins).
    package func svg() -> String {
        let panels = map.panels?.bins ?? 1
        let panelHeight = Self.top + plotHeight + Self.bottom
        let width = Self.left + Self.plotWidth + Self.right
        var drawing = SVGDrawing(
            title: "\(title): which starts survive",
            width: width,
            height: Self.headHeight + panelHeight * Double(panels)
        )
        drawing.text(title, 16, 24, size: 14, isStrong: true)
        legend(&drawing)
        for panel in 0..<panels {
            draw(panel, from: Self.headHeight + panelHeight * Double(panel), &drawing)
        }
        return drawing.document
    }

    private var rows: Int { map.down?.bins ?? 1 }

    private var cellHeight: Double { max(4, min(28, 260 / Double(rows))) }

    private var plotHeight: Double { cellHeight * Double(rows) }

    private func legend(_ drawing: inout SVGDrawing) {
        var x = 16.0
        for (colour, words) in [
            (Self.colour(1), "all survive"), (Self.colour(0.5), "some"), (Self.colour(0), "none"),
            (Self.refused, "refused by the platform"),
        ] {
            drawing.rectangle(x, 38, 10, 10, fill: colour)
            drawing.text(words, x + 15, 47)
            x += 30 + 6.2 * Double(words.count)
        }
        if !map.pooled.isEmpty { drawing.text("over all values of " + map.pooled.joined(separator: ", "), x, 47) }
    }

    private func draw(_ panel: Int, from y: Double, _ drawing: inout SVGDrawing) {
        let (top, width) = (y + Self.top, Self.plotWidth / Double(map.across.bins))
        if let panels = map.panels {
            drawing.text("\(panels.axis.parameter.name) \(words(panels, panel))", Self.left, top - 10, isStrong: true)
        }
        for row in 0..<rows {
            // The least value stands at the bottom, as on every axis.
            let cellTop = top + cellHeight * Double(rows - 1 - row)
            for column in 0..<map.across.bins {
                let bin = map.bin(across: column, down: row, panel: panel)
                drawing.rectangle(
                    Self.left + width * Double(column),
                    cellTop,
                    width,
                    cellHeight,
                    fill: bin.share.map(Self.colour) ?? Self.refused,
                    tip: tip(bin, column, row)
                )
            }
        }
        axes(top, &drawing)
    }

    private func axes(_ top: Double, _ drawing: inout SVGDrawing) {
        let bottom = top + plotHeight
        let width = Self.plotWidth / Double(map.across.bins)
        for column in stride(from: 0, to: map.across.bins, by: (map.across.bins + 8) / 9) {
            let x = Self.left + width * (Double(column) + 0.5)
            drawing.rule(x, bottom, x, bottom + 4)
            drawing.text(map.across.axis.text(at: map.across.places(of: column).lowerBound), x, bottom + 16, .middle)
        }
        drawing.text(map.across.axis.parameter.name, Self.left + Self.plotWidth / 2, bottom + 34, .middle)
        guard let down = map.down else { return }
        for row in stride(from: 0, to: rows, by: max(1, Int((14 / cellHeight).rounded(.up)))) {
            let y = top + cellHeight * (Double(rows - 1 - row) + 0.5)
            drawing.rule(Self.left - 4, y, Self.left, y)
            drawing.text(down.axis.text(at: down.places(of: row).lowerBound), Self.left - 8, y + 4, .end)
        }
        drawing.text(down.axis.parameter.name, 16, top - (map.panels == nil ? 10 : 24))
    }

    private func words(_ side: SurvivalMap.Side, _ bin: Int) -> String {
        let places = side.places(of: bin)
        let first = side.axis.text(at: places.lowerBound)
        return places.count == 1 ? first : "\(first) to \(side.axis.text(at: places.upperBound))"
    }

    private func tip(_ bin: SurvivalMap.Bin, _ column: Int, _ row: Int) -> String {
        var parts = ["\(map.across.axis.parameter.name) \(words(map.across, column))"]
        if let down = map.down { parts.append("\(down.axis.parameter.name) \(words(down, row))") }
        parts.append(
            bin.started > 0
                ? "\(Figures.grouped(bin.survived)) of \(Figures.grouped(bin.started)) survive" : "refused"
        )
        return parts.joined(separator: ", ")
    }

    private static func colour(_ share: Double) -> String {
        func mixed(_ first: Double, _ second: Double) -> String {
            let value = Int((first + (second - first) * share).rounded())
            let digits = String(value, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        return "#" + mixed(dies.0, survives.0) + mixed(dies.1, survives.1) + mixed(dies.2, survives.2)
    }
}
