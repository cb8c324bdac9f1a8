import Reports
import SafeText

/// A drawing in SVG 1.1 (https://www.w3.org/TR/SVG11/) that is written once.
///
/// There is no background, and text stands out from a white page as from a dark one.
package struct SVGDrawing {
    /// Where a text stands by its point.
    package enum Anchor: String {
        /// To its right.
        case start
        /// Around it.
        case middle
        /// To its left.
        case end
    }

    /// The colour of texts and rules.
    package static let ink = "#78828c"

    private let width: Double
    private let height: Double
    private var lines: [String]

    /// Creates an empty drawing.
    ///
    /// - Parameters:
    ///   - title: What it shows, for those who do not see it.
    ///   - width: In pixels.
    ///   - height: In pixels.
    package init(title: String, width: Double, height: Double) {
        self.width = width
        self.height = height
        lines = ["<title>\(Self.escaped(title))</title>"]
    }

    /// Draws a filled rectangle, with a text that a pointer on it shows.
    package mutating func rectangle(
        _ x: Double,
        _ y: Double,
        _ width: Double,
        _ height: Double,
        fill: String,
        tip: String? = nil
    ) {
        let shape =
            "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
            + "height=\"\(Self.number(height))\" fill=\"\(fill)\" shape-rendering=\"crispEdges\""
        lines.append(tip.map { "\(shape)><title>\(Self.escaped($0))</title></rect>" } ?? shape + "/>")
    }

    /// Draws a straight line.
    package mutating func rule(
        _ x1: Double,
        _ y1: Double,
        _ x2: Double,
        _ y2: Double,
        stroke: String = SVGDrawing.ink,
        opacity: Double = 0.4,
        dashes: String? = nil
    ) {
        let dashed = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        lines.append(
            "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" "
                + "y2=\"\(Self.number(y2))\" stroke=\"\(stroke)\" stroke-opacity=\"\(Self.number(opacity))\"\(dashed)/>"
        )
    }

    /// Writes a text.
    package mutating func text(
        _ text: String,
        _ x: Double,
        _ y: Double,
        _ anchor: Anchor = .start,
        size: Double = 11,
        isStrong: Bool = false,
        fill: String = SVGDrawing.ink
    ) {
        let weight = isStrong ? " font-weight=\"600\"" : ""
        lines.append(
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor.rawValue)\" "
                + "font-size=\"\(Self.number(size))\" fill=\"\(fill)\"\(weight)>\(Self.escaped(text))</text>"
        )
    }

    /// The document.
    package var document: String {
        let head =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" "
            + "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" role=\"img\" "
            + "font-family=\"-apple-system, 'Segoe UI', 'Liberation Sans', Helvetica, Arial, sans-serif\">"
        return ([head] + lines + ["</svg>", ""]).joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        XMLEscaping.escape(Redaction.ofProcess.removed(from: text))
    }

    /// A coordinate to a hundredth.
    private static func number(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        guard rest > 0 else { return "\(sign)\(whole)" }
        let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
        return "\(sign)\(whole).\(digits)"
    }
}
