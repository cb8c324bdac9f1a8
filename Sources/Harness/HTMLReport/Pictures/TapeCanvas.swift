/// What the lanes of a tape are drawn on: one axis of time, and the room that is left below what is drawn.
struct TapeCanvas {
    /// The most shapes of one lane; what is left out is said.
    static let most = 400
    /// The height of a lane's blocks, in pixels.
    static let bandHeight = 18.0
    /// How many pixels a letter is wide, and the widths of a page and of a telephone that texts are fitted into.
    private static let (letter, wide, narrow) = (6.6, 900.0, 340.0)
    private static let (labelHeight, gap) = (16.0, 8.0)

    /// The axis of time.
    let axis: TimeAxis
    /// The picture.
    var svg: SVG
    /// The end of what is drawn, in pixels from the top.
    var bottom = 18.0

    /// Begins a lane of so many shapes with its label.
    ///
    /// - Parameters:
    ///   - label: What the lane shows.
    ///   - count: How many shapes it would have.
    ///   - height: The height of its shapes.
    /// - Returns: The top of its shapes; `nil` where there is none.
    mutating func lane(_ label: String, of count: Int, height: Double = TapeCanvas.bandHeight) -> Double? {
        guard count > 0 else { return nil }
        let left = count - Self.most
        svg.text(left > 0 ? "\(label) (\(left) more not drawn)" : label, at: 0, y: bottom + 12, class: "lane")
        let top = bottom + Self.labelHeight
        bottom = top + height + Self.gap
        return top
    }

    /// Draws a block, with its words in it where they fit: on every page, or on wide ones alone.
    ///
    /// - Parameters:
    ///   - span: When it begins and ends, in seconds.
    ///   - top: Its top.
    ///   - height: Its height.
    ///   - name: Its classes.
    ///   - words: What stands in it.
    ///   - tip: What a pointer on it says.
    mutating func block(
        _ span: SVG.Span,
        top: Double,
        height: Double = TapeCanvas.bandHeight,
        class name: String,
        words: String,
        tip: String
    ) {
        let (from, to) = (axis.place(span.from), axis.place(span.to))
        svg.rectangle(from: from, to: to, top: top, height: height, class: name, tip: tip, span: span)
        let width = Double(words.count) * Self.letter + 10
        guard height >= 14, width <= (to - from) * Self.wide else { return }
        let fits = width <= (to - from) * Self.narrow ? "in" : "in wide"
        svg.text(words, at: from, y: top + height - 5, class: fits, shift: 5)
    }
}
