extension HCLEvaluator {
    static func unary(_ symbol: String, _ operand: HCLValue) -> HCLValue {
        switch symbol {
        case "!": operand.flag.map { .bool(!$0) } ?? .unknown
        default: operand.number.map { .number(-$0) } ?? .unknown
        }
    }

    static func binary(_ symbol: String, _ left: HCLValue, _ right: HCLValue) -> HCLValue {
        switch symbol {
        case "==", "!=": equality(left, right).map { .bool($0 == (symbol == "==")) } ?? .unknown
        case "&&", "||": logic(left.flag, right.flag, decisive: symbol == "||")
        default: arithmetic(symbol, left, right)
        }
    }

    /// Says whether two values are equal, `nil` where that is not known.
    ///
    /// A list or an object differs from null whatever is in it.
    private static func equality(_ left: HCLValue, _ right: HCLValue) -> Bool? {
        if left.isUnknown || right.isUnknown { return nil }
        if left.kind == .null || right.kind == .null { return left.kind == right.kind }
        guard left.isWhollyKnown, right.isWhollyKnown else { return nil }
        return left == right
    }

    /// Returns what one side decides alone, or both together.
    private static func logic(_ left: Bool?, _ right: Bool?, decisive: Bool) -> HCLValue {
        if left == decisive || right == decisive { return .bool(decisive) }
        return left == nil || right == nil ? .unknown : .bool(!decisive)
    }

    private static func arithmetic(_ symbol: String, _ left: HCLValue, _ right: HCLValue) -> HCLValue {
        guard let left = left.number, let right = right.number else { return .unknown }
        switch symbol {
        case "+": return .number(left + right)
        case "-": return .number(left - right)
        case "*": return .number(left * right)
        case "/": return .number(left / right)
        case "%": return .number(left.truncatingRemainder(dividingBy: right))
        case "<": return .bool(left < right)
        case "<=": return .bool(left <= right)
        case ">": return .bool(left > right)
        case ">=": return .bool(left >= right)
        default: return .unknown
        }
    }
}
