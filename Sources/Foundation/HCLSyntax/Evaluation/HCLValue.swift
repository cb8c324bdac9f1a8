/// A value of HCL: what an expression comes to, as far as the file alone says it.
///
/// Sets are lists here; the order of an object's members is the one in which they are written. A value holds at most
/// ``weightLimit`` parts, ``depthLimit`` deep, so that expressions that double or wrap a value again and again come to
/// ``unknown``.
package struct HCLValue: Hashable, Sendable {
    /// The kinds of values.
    package enum Kind: Hashable, Sendable {
        /// Nothing, as if the attribute were not there.
        case null
        /// A truth value.
        case bool(Bool)
        /// A number.
        case number(Double)
        /// A text.
        case string(String)
        /// Elements in order.
        case list([HCLValue])
        /// Members in order; keys are different from each other.
        case object([Member])
        /// A value that depends on what is not in the file.
        case unknown
    }

    /// A member of an object.
    package struct Member: Hashable, Sendable {
        /// The key.
        package let key: String
        /// The value.
        package let value: HCLValue

        /// Creates a member.
        package init(_ key: String, _ value: HCLValue) {
            self.key = key
            self.value = value
        }
    }

    /// What the value is.
    package let kind: Kind
    /// The parts of the value: itself, its elements, 64 bytes of its text each.
    let weight: Int
    /// How deep values lie in it.
    private let depth: Int

    /// The deepest nesting.
    static let depthLimit = 200
    /// The most parts of a value.
    static let weightLimit = 50_000

    private init(_ kind: Kind, weight: Int = 1, depth: Int = 0) {
        self.kind = kind
        self.weight = weight
        self.depth = depth
    }

    /// Creates a list or an object, unless it is too large.
    private static func composed(_ kind: Kind, of parts: some Sequence<HCLValue>, weight: Int) -> HCLValue {
        let depth = 1 + (parts.lazy.map(\.depth).max() ?? 0)
        guard weight <= weightLimit, depth <= depthLimit else { return .unknown }
        return HCLValue(kind, weight: weight, depth: depth)
    }

    /// The value that depends on what is not in the file.
    package static let unknown = HCLValue(.unknown)
    /// Nothing.
    package static let null = HCLValue(.null)

    /// A truth value.
    package static func bool(_ value: Bool) -> HCLValue { HCLValue(.bool(value)) }

    /// A number; what is not finite is unknown.
    package static func number(_ value: Double) -> HCLValue { value.isFinite ? HCLValue(.number(value)) : .unknown }

    /// A text; one that is too long is unknown.
    package static func string(_ value: String) -> HCLValue {
        let weight = 1 + value.utf8.count / 64
        return weight <= weightLimit ? HCLValue(.string(value), weight: weight) : .unknown
    }

    /// A list; one that is too large is unknown.
    package static func list(_ elements: [HCLValue]) -> HCLValue {
        composed(.list(elements), of: elements, weight: elements.reduce(1) { $0 + $1.weight })
    }

    /// An object; of members with one key the last counts, one that is too large is unknown.
    ///
    /// - Complexity: O(*n*).
    package static func object(_ members: [Member]) -> HCLValue {
        var places: [String: Int] = [:]
        var distinct: [Member] = []
        for member in members {
            if let place = places[member.key] {
                distinct[place] = member
            } else {
                places[member.key] = distinct.count
                distinct.append(member)
            }
        }
        let weight = distinct.reduce(1) { $0 + 1 + $1.value.weight }
        return composed(.object(distinct), of: distinct.lazy.map(\.value), weight: weight)
    }
}

extension HCLValue {
    /// Whether the value itself is unknown; its elements may be all the same.
    package var isUnknown: Bool { kind == .unknown }

    /// Whether the value and all that it holds is known.
    ///
    /// - Complexity: O(*n*).
    package var isWhollyKnown: Bool {
        switch kind {
        case .unknown: false
        case .list(let elements): elements.allSatisfy(\.isWhollyKnown)
        case .object(let members): members.allSatisfy(\.value.isWhollyKnown)
        case .null, .bool, .number, .string: true
        }
    }

    /// The text that the value becomes inside a template, `nil` where it has none.
    package var text: String? {
        switch kind {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
        case .null, .list, .object, .unknown: nil
        }
    }

    /// The number that the value is or is written as.
    package var number: Double? {
        switch kind {
        case .number(let number): number
        case .string(let text): Double(text)
        case .null, .bool, .list, .object, .unknown: nil
        }
    }

    /// The truth value that the value is or is written as.
    package var flag: Bool? {
        switch kind {
        case .bool(let flag): flag
        case .string("true"): true
        case .string("false"): false
        case .null, .number, .string, .list, .object, .unknown: nil
        }
    }

    /// The member with a key; null where the object has none, unknown where this is no known object.
    ///
    /// - Complexity: O(*n*).
    package subscript(key: String) -> HCLValue {
        guard case .object(let members) = kind else { return .unknown }
        return members.first { $0.key == key }?.value ?? .null
    }
}
