/// A picture in SVG 1.1 (https://www.w3.org/TR/SVG11/) that is as wide as there is room, with letters of one size.
///
/// Places from left to right are shares of the width, written as percentages; those from top to bottom are pixels. Colours
/// are the style sheet's: shapes carry classes.
struct SVG {
    /// Where a text stands by its point.
    enum Anchor: String {
        case start
        case middle
        case end
    }

    /// A sign that stands at a point.
    enum Mark: String {
        case tick = "M-3.5 0 -1 3 4 -4"
        case cross = "M-3 -3 3 3 M-3 3 3 -3"
        case disc = "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"
    }

    /// The height in pixels; the one who draws lets it grow.
    var height = 0.0
    private let title: String
    private let description: String
    private var shapes: [String] = []

    /// Creates an empty picture.
    ///
    /// - Parameters:
    ///   - title: What it is.
    ///   - description: What it shows, for those who do not see it.
    init(title: String, description: String) {
        self.title = title
        self.description = description
    }

    /// A span of time that a shape stands for, which the script reads.
    struct Span {
        /// When it begins, in seconds.
        var from: Double
        /// When it ends.
        var to: Double
    }

    /// Draws a rectangle; a pointer on it shows the tip.
    mutating func rectangle(
        from: Double,
        to: Double,
        top: Double,
        height: Double,
        class name: String,
        tip: String? = nil,
        span: Span? = nil
    ) {
        let shape =
            "<rect x=\"\(Self.share(from))\" y=\"\(Self.number(top))\" width=\"\(Self.share(max(0, to - from)))\" "
            + "height=\"\(Self.number(height))\" class=\"\(name)\"\(Self.attributes(span))"
        shapes.append(tip.map { "\(shape)><title>\(Self.escaped($0))</title></rect>" } ?? shape + "/>")
    }

    /// Draws a sign.
    mutating func mark(
        _ mark: Mark,
        at place: Double,
        y: Double,
        class name: String,
        tip: String? = nil,
        span: Span? = nil
    ) {
        let title = tip.map { "<title>\(Self.escaped($0))</title>" } ?? ""
        shapes.append(
            "<svg x=\"\(Self.share(place))\" y=\"\(Self.number(y))\" overflow=\"visible\" class=\"mark \(name)\""
                + "\(Self.attributes(span))>\(title)<path d=\"\(mark.rawValue)\"/></svg>"
        )
    }

    /// Draws a straight line.
    mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double), class name: String) {
        shapes.append(
            "<line x1=\"\(Self.share(from.x))\" y1=\"\(Self.number(from.y))\" x2=\"\(Self.share(to.x))\" "
                + "y2=\"\(Self.number(to.y))\" class=\"\(name)\"/>"
        )
    }

    /// Writes a text, moved to the right by so many pixels; a pointer on it shows the tip.
    mutating func text(
        _ text: String,
        at place: Double,
        y: Double,
        _ anchor: Anchor = .start,
        class name: String = "",
        shift: Double = 0,
        tip: String? = nil
    ) {
        let moved = shift == 0 ? "" : " dx=\"\(Self.number(shift))\""
        let anchored = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        let classes = name.isEmpty ? "" : " class=\"\(name)\""
        shapes.append(
            "<text x=\"\(Self.share(place))\" y=\"\(Self.number(y))\"\(moved)\(anchored)\(classes)>"
                + "\(Self.escaped(text))\(tip.map { "<title>\(Self.escaped($0))</title>" } ?? "")</text>"
        )
    }

    /// The picture, for the middle of a page.
    ///
    /// - Parameters:
    ///   - name: A name that no other picture of the page has.
    ///   - classes: The classes of the whole.
    ///   - end: Of a picture over time, the seconds at its right end.
    /// - Returns: The markup.
    /// - Complexity: O(shapes).
    func markup(named name: String, class classes: String, end: Double? = nil) -> String {
        let over = end.map { " data-end=\"\(Self.thousandths($0))\"" } ?? ""
        let head =
            "<svg class=\"\(classes)\"\(over) width=\"100%\" height=\"\(Self.number(height))\" role=\"img\" "
            + "aria-labelledby=\"\(name)-title \(name)-text\">"
            + "<title id=\"\(name)-title\">\(Self.escaped(title))</title>"
            + "<desc id=\"\(name)-text\">\(Self.escaped(description))</desc>"
        return ([head] + shapes + ["</svg>"]).joined(separator: "\n")
    }

    /// The picture beside the words that say the same, which those who do not see it are not told of.
    func decoration(class classes: String) -> String {
        "<svg class=\"\(classes)\" width=\"100%\" height=\"\(Self.number(height))\" aria-hidden=\"true\">"
            + shapes.joined() + "</svg>"
    }

    /// A text for the content of an element or an attribute in double quotes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in ShownText.shown(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func attributes(_ span: Span?) -> String {
        span.map { " data-from=\"\(thousandths($0.from))\" data-to=\"\(thousandths($0.to))\"" } ?? ""
    }

    /// A share as a percentage to a thousandth.
    private static func share(_ share: Double) -> String { thousandths(share * 100) + "%" }

    private static func thousandths(_ value: Double) -> String { trimmed(value, decimals: 3) }

    private static func number(_ value: Double) -> String { trimmed(value, decimals: 1) }

    /// A number with a plain minus sign and no nought at the end.
    private static func trimmed(_ value: Double, decimals: Int) -> String {
        let text = ShownNumber.fixed(value, decimals: decimals)
        let kept = String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
        return kept.isEmpty ? "0" : kept.hasPrefix("−") ? "-" + kept.dropFirst() : kept
    }
}
