import Formats

/// A value of a report, or one that was made of several for a page.
///
/// Templates read it by name, and pictures through the functions that throw where a value is not what its report's
/// version says.
enum ReportValue: Hashable, Sendable {
    /// There is no value, which reports write as `null`.
    case nothing
    case flag(Bool)
    /// A number as it is written, so that no digit of a seed is lost.
    case number(JSONNumber)
    case text(String)
    /// HTML or SVG that was written here and must not be escaped.
    case markup(String)
    case list([ReportValue])
    case object([String: ReportValue])

    /// Takes over a value of a JSON text.
    ///
    /// - Complexity: O(*n*) in the values inside.
    init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .nothing
        case .flag(let flag): self = .flag(flag)
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        case .list(let elements): self = .list(elements.map { ReportValue($0) })
        case .object(let members):
            self = .object(Dictionary(members.map { ($0.key, ReportValue($0.value)) }) { first, _ in first })
        }
    }

    /// The value of a key; nothing where this is no object, or has no such key.
    subscript(key: String) -> ReportValue {
        get {
            guard case .object(let members) = self else { return .nothing }
            return members[key] ?? .nothing
        }
        set {
            guard case .object(var members) = self else { return }
            members[key] = newValue
            self = .object(members)
        }
    }

    /// Whether this is an object with a key, be its value null.
    func has(_ key: String) -> Bool {
        guard case .object(let members) = self else { return false }
        return members[key] != nil
    }

    /// The object with further values; those it has already are replaced.
    func adding(_ values: [String: ReportValue]) -> ReportValue {
        guard case .object(let members) = self else { return self }
        return .object(members.merging(values) { $1 })
    }

    /// The object with nothing under each of the keys that it does not have, for keys that a report may leave out.
    func filling(_ keys: String...) -> ReportValue {
        keys.reduce(into: self) { value, key in
            if !value.has(key) { value[key] = .nothing }
        }
    }
}
