extension HCLParser {
    /// Reads an expression.
    mutating func expression() throws(Stop) -> HCLExpression {
        try nested { (parser) throws(Stop) in
            let test = try parser.binary(0)
            guard parser.take("?") else { return test }
            let yes = try parser.expression()
            guard parser.take(":") else { throw parser.stop("`:`") }
            let no = try parser.expression()
            return HCLExpression(.conditional(test, yes, no), test.range.lowerBound..<parser.offset)
        }
    }

    /// The binary operators, those that bind least first.
    private static let operators: [[StaticString]] = [
        ["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"],
    ]

    private mutating func binary(_ level: Int) throws(Stop) -> HCLExpression {
        guard level < Self.operators.count else { return try unary() }
        var left = try binary(level + 1)
        while let symbol = takeOperator(Self.operators[level]) {
            let right = try binary(level + 1)
            left = HCLExpression(.binary(symbol, left, right), left.range.lowerBound..<right.range.upperBound)
        }
        return left
    }

    private mutating func takeOperator(_ symbols: [StaticString]) -> String? {
        for symbol in symbols where take(symbol) { return "\(symbol)" }
        return nil
    }

    private mutating func unary() throws(Stop) -> HCLExpression {
        skipBlanks()
        let start = offset
        for symbol: StaticString in ["!", "-"] where take(symbol) {
            let operand = try nested { (parser) throws(Stop) in try parser.unary() }
            return HCLExpression(.unary("\(symbol)", operand), start..<operand.range.upperBound)
        }
        return try traversal()
    }

    /// Reads a term and what is taken from it: `.name`, `[index]`, `[*]`, `.*`.
    private mutating func traversal() throws(Stop) -> HCLExpression {
        var source = try term()
        let start = source.range.lowerBound
        var steps: [HCLExpression.SplatStep]?
        var links = 0
        while links < 1_000 {
            links += 1
            let beforeBlanks = offset
            if skipsLineBreaks { skipBlanks() }
            guard let step = try step(after: source) else {
                offset = beforeBlanks
                break
            }
            switch step {
            case .splat:
                if let taken = steps { source = HCLExpression(.splat(source, taken), start..<offset) }
                steps = []
            case .attribute(let name):
                if steps == nil {
                    source = HCLExpression(.attribute(source, name), start..<offset)
                } else {
                    steps?.append(.attribute(name))
                }
            case .index(let key):
                if steps == nil {
                    source = HCLExpression(.index(source, key), start..<offset)
                } else {
                    steps?.append(.index(key))
                }
            }
        }
        guard let steps else { return source }
        return HCLExpression(.splat(source, steps), start..<offset)
    }

    private enum Step {
        case attribute(String)
        case index(HCLExpression)
        case splat
    }

    private mutating func step(after source: HCLExpression) throws(Stop) -> Step? {
        if next == UInt8(ascii: "."), peek(1) != UInt8(ascii: ".") {
            offset += 1
            if take("*") { return .splat }
            if let name = identifier() { return .attribute(name) }
            let start = offset
            while offset < end, isDigit(bytes[offset]) { offset += 1 }
            guard offset > start, let index = Double(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
                throw stop("a name after `.`")
            }
            return .index(HCLExpression(.literal(.number(index)), start..<offset))
        }
        guard next == UInt8(ascii: "[") else { return nil }
        offset += 1
        return try bracketed { (parser) throws(Stop) in
            if parser.take("*") {
                guard parser.take("]") else { throw parser.stop("`]`") }
                return .splat
            }
            let key = try parser.expression()
            guard parser.take("]") else { throw parser.stop("`]`") }
            return .index(key)
        }
    }

    /// Runs a function for which line breaks are blanks.
    mutating func bracketed<Value>(_ body: (inout HCLParser) throws(Stop) -> Value) throws(Stop) -> Value {
        let outer = skipsLineBreaks
        skipsLineBreaks = true
        defer { skipsLineBreaks = outer }
        return try nested(body)
    }

    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
