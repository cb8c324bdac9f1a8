import Formats
import Mustache

/// What templates see of a value.
extension ReportValue: MustacheParent, MustacheCustomRenderable, MustacheTransformable {
    func child(named name: String) -> Any? {
        guard case .object(let members) = self, let value = members[name] else { return nil }
        switch value {
        case .list(let elements): return elements
        case .flag(let flag): return flag
        default: return value
        }
    }

    var isNull: Bool { self == .nothing }

    var renderText: String {
        switch self {
        case .nothing: "none"
        case .flag(let flag): flag ? "yes" : "no"
        case .number(let number): number.text
        case .text(let text): ShownText.shown(text)
        case .markup(let markup): markup
        case .list(let elements): elements.map(\.renderText).joined(separator: ", ")
        case .object: "an object"
        }
    }

    /// The value in another form, as `{{seconds(at)}}` asks for it; what there is nothing of stays nothing.
    func transform(_ name: String) -> Any? {
        guard self != .nothing else { return self }
        let number: Double? = if case .number(let number) = self { number.double } else { nil }
        return switch name {
        case "seconds": number.map { ReportValue.text(ShownNumber.seconds($0)) }
        case "percent": number.map { ReportValue.text(ShownNumber.percent($0)) }
        case "grouped": number.map { ReportValue.text(ShownNumber.grouped($0)) }
        case "short": number.map { ReportValue.text(ShownNumber.short($0)) }
        default: nil
        }
    }
}
