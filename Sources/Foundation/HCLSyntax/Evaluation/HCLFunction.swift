/// The functions of Terraform that depend on their arguments alone, as far as settings of probes use them.
///
/// See <https://developer.hashicorp.com/terraform/language/functions>. A function that is not here comes to unknown.
enum HCLFunction {
    /// Takes the arguments and returns the result, unknown where it is given what it does not take.
    typealias Body = @Sendable ([HCLValue]) -> HCLValue

    /// Returns the function with a name.
    static func named(_ name: String) -> Body? { all[name] }

    private static let all = conversions.merging(numbers) { $1 }.merging(texts) { $1 }.merging(collections) { $1 }

    private static let conversions: [String: Body] = [
        "tostring": one { $0.text.map { .string($0) } ?? $0.nullOrUnknown },
        "tonumber": one { $0.number.map { .number($0) } ?? $0.nullOrUnknown },
        "tobool": one { $0.flag.map { .bool($0) } ?? $0.nullOrUnknown },
        "tolist": one { $0.elements.map { .list($0) } ?? $0.nullOrUnknown },
        "toset": one { $0.elements.map { .list($0.distinct) } ?? $0.nullOrUnknown },
        "tomap": one { $0 },
        "sensitive": one { $0 },
        "nonsensitive": one { $0 },
        // What fails in Terraform is unknown here, so that nothing before it may be passed over.
        "try": { $0.first ?? .unknown },
        "can": one { $0.isWhollyKnown ? .bool(true) : .unknown },
        "coalesce": { arguments in
            for argument in arguments where argument.kind != .null && argument.kind != .string("") { return argument }
            return .unknown
        },
        "coalescelist": { arguments in
            for argument in arguments {
                guard let elements = argument.elements else { return .unknown }
                if !elements.isEmpty { return argument }
            }
            return .unknown
        },
    ]

    private static let numbers: [String: Body] = [
        "max": numeric { $0.max() },
        "min": numeric { $0.min() },
        "abs": numeric { $0.first.map { abs($0) } },
        "ceil": numeric { $0.first?.rounded(.up) },
        "floor": numeric { $0.first?.rounded(.down) },
        "signum": numeric { $0.first.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 } },
        "sum": one { value in
            guard let numbers = value.elements?.map(\.number), !numbers.contains(nil) else { return .unknown }
            return .number(numbers.reduce(0) { $0 + ($1 ?? 0) })
        },
    ]

    private static let texts: [String: Body] = [
        "lower": text { $0.lowercased() },
        "upper": text { $0.uppercased() },
        "trimspace": text { text in
            let rest = text.drop { $0.isWhitespace }
            let trailing = rest.reversed().prefix { $0.isWhitespace }.count
            return String(rest.dropLast(trailing))
        },
        "join": { arguments in
            guard arguments.count == 2, let separator = arguments[0].text,
                let parts = arguments[1].elements?.map(\.text), !parts.contains(nil)
            else { return .unknown }
            return .string(parts.map { $0 ?? "" }.joined(separator: separator))
        },
        "split": { arguments in
            guard arguments.count == 2, let separator = arguments[0].text, !separator.isEmpty,
                let text = arguments[1].text
            else { return .unknown }
            return .list(text.split(separator: separator, omittingEmptySubsequences: false).map { .string(String($0)) })
        },
        "replace": { arguments in
            let words = arguments.map(\.text)
            // A pattern between slashes is a regular expression.
            guard words.count == 3, let text = words[0], let old = words[1], let new = words[2], !old.isEmpty,
                !old.hasPrefix("/")
            else { return .unknown }
            return .string(text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new))
        },
        "format": { arguments in
            guard let pattern = arguments.first?.text else { return .unknown }
            return formatted(pattern, Array(arguments.dropFirst())).map { .string($0) } ?? .unknown
        },
    ]

    /// Fills `%s`, `%d` and `%v` in; `nil` for anything else.
    private static func formatted(_ pattern: String, _ arguments: [HCLValue]) -> String? {
        var result = ""
        var rest = arguments[...]
        var isMark = false
        for character in pattern {
            if isMark {
                isMark = false
                if character == "%" {
                    result.append("%")
                } else if "sdv".contains(character), let word = rest.popFirst()?.text {
                    result += word
                } else {
                    return nil
                }
            } else if character == "%" {
                isMark = true
            } else {
                result.append(character)
            }
        }
        return isMark ? nil : result
    }

    static func one(_ body: @escaping @Sendable (HCLValue) -> HCLValue) -> Body {
        { $0.count == 1 ? body($0[0]) : .unknown }
    }

    private static func numeric(_ body: @escaping @Sendable ([Double]) -> Double?) -> Body {
        { arguments in
            let numbers = arguments.compactMap(\.number)
            guard numbers.count == arguments.count, let result = body(numbers) else { return .unknown }
            return .number(result)
        }
    }

    private static func text(_ body: @escaping @Sendable (String) -> String) -> Body {
        one { value in value.text.map { .string(body($0)) } ?? .unknown }
    }
}

extension HCLValue {
    /// The elements of a list; `nil` for all else.
    package var elements: [HCLValue]? {
        if case .list(let elements) = kind { elements } else { nil }
    }

    /// The members of an object; `nil` for all else.
    package var members: [Member]? {
        if case .object(let members) = kind { members } else { nil }
    }

    /// Null where the value is null, unknown otherwise.
    fileprivate var nullOrUnknown: HCLValue { kind == .null ? .null : .unknown }
}

extension [HCLValue] {
    /// The elements without those that came before.
    ///
    /// - Complexity: O(*n*).
    fileprivate var distinct: [HCLValue] {
        var known: Set<HCLValue> = []
        return filter { known.insert($0).inserted }
    }
}
