extension HCLParser {
    /// Reads a literal, a template, a name, a call, a list, an object or what stands in parentheses.
    mutating func term() throws(Stop) -> HCLExpression {
        skipBlanks()
        let start = offset
        switch next {
        case UInt8(ascii: "\""):
            return try quoted()
        case UInt8(ascii: "<") where peek(1) == UInt8(ascii: "<"):
            return try heredoc()
        case UInt8(ascii: "("):
            offset += 1
            let inner = try bracketed { (parser) throws(Stop) in
                let inner = try parser.expression()
                guard parser.take(")") else { throw parser.stop("`)`") }
                return inner
            }
            return HCLExpression(inner.kind, start..<offset)
        case UInt8(ascii: "["):
            offset += 1
            let kind = try bracketed { (parser) throws(Stop) in try parser.listAfterBracket() }
            return HCLExpression(kind, start..<offset)
        case UInt8(ascii: "{"):
            offset += 1
            let kind = try nested { (parser) throws(Stop) in try parser.objectAfterBrace() }
            return HCLExpression(kind, start..<offset)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default:
            guard let name = identifier() else { throw stop("a value") }
            return try named(name, from: start)
        }
    }

    private mutating func named(_ name: String, from start: Int) throws(Stop) -> HCLExpression {
        switch name {
        case "true", "false": return HCLExpression(.literal(.bool(name == "true")), start..<offset)
        case "null": return HCLExpression(.literal(.null), start..<offset)
        default: break
        }
        guard next == UInt8(ascii: "(") else { return HCLExpression(.variable(name), start..<offset) }
        offset += 1
        let kind = try bracketed { (parser) throws(Stop) in
            var arguments: [HCLExpression] = []
            while !parser.take(")") {
                arguments.append(try parser.expression())
                if parser.take("...") {
                    guard parser.take(")") else { throw parser.stop("`)`") }
                    return HCLExpression.Kind.call(name, arguments, spreads: true)
                }
                guard parser.take(",") || parser.next == UInt8(ascii: ")") else { throw parser.stop("`,` or `)`") }
            }
            return .call(name, arguments, spreads: false)
        }
        return HCLExpression(kind, start..<offset)
    }

    private mutating func number() throws(Stop) -> HCLExpression {
        let start = offset
        while isDigit(next) { offset += 1 }
        if next == UInt8(ascii: "."), isDigit(peek(1)) {
            offset += 1
            while isDigit(next) { offset += 1 }
        }
        if next | 0x20 == UInt8(ascii: "e") {
            let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
            if isDigit(peek(1 + sign)) {
                offset += 1 + sign
                while isDigit(next) { offset += 1 }
            }
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard let value = Double(text) else { throw stop("a number") }
        return HCLExpression(.literal(.number(value)), start..<offset)
    }

    private mutating func listAfterBracket() throws(Stop) -> HCLExpression.Kind {
        if takeFor() { return .comprehension(try comprehension(closedBy: "]", makesObject: false)) }
        var elements: [HCLExpression] = []
        while !take("]") {
            elements.append(try expression())
            guard take(",") || next == UInt8(ascii: "]") else { throw stop("`,` or `]`") }
        }
        return .tuple(elements)
    }

    private mutating func objectAfterBrace() throws(Stop) -> HCLExpression.Kind {
        let outer = skipsLineBreaks
        defer { skipsLineBreaks = outer }
        skipsLineBreaks = true
        if takeFor() { return .comprehension(try comprehension(closedBy: "}", makesObject: true)) }
        var items: [HCLExpression.ObjectItem] = []
        while true {
            skipsLineBreaks = true
            if take("}") { return .object(items) }
            let key = try objectKey()
            guard take("=") || take(":") else { throw stop("`=`") }
            skipsLineBreaks = false
            items.append(HCLExpression.ObjectItem(key: key, value: try expression()))
            skipBlanks()
            guard [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "}")].contains(next) else {
                throw stop("`,`, a new line or `}`")
            }
            if next == UInt8(ascii: ",") { offset += 1 }
        }
    }

    /// Reads a key; a bare word is the text of itself.
    private mutating func objectKey() throws(Stop) -> HCLExpression {
        skipBlanks()
        let start = offset
        if let word = identifier() {
            let range = start..<offset
            skipBlanks()
            if next == UInt8(ascii: ":") || next == UInt8(ascii: "=") && peek(1) != UInt8(ascii: "=") {
                return HCLExpression(.template([.text(word)]), range)
            }
            offset = start
        }
        return try expression()
    }

    private mutating func takeFor() -> Bool {
        skipBlanks()
        let start = offset
        if identifier() == "for", [0x20, 0x09, 0x0A].contains(next) { return true }
        offset = start
        return false
    }

    private mutating func comprehension(
        closedBy bracket: StaticString,
        makesObject: Bool
    ) throws(Stop) -> HCLExpression.Comprehension {
        guard let first = identifier() else { throw stop("a name after `for`") }
        var second: String?
        if take(",") {
            second = identifier()
            if second == nil { throw stop("a second name") }
        }
        guard identifier() == "in" else { throw stop("`in`") }
        let source = try expression()
        guard take(":") else { throw stop("`:`") }
        var key: HCLExpression?
        var value = try expression()
        if makesObject {
            guard take("=>") else { throw stop("`=>`") }
            key = value
            value = try expression()
        }
        let groups = take("...")
        var condition: HCLExpression?
        skipBlanks()
        if next == UInt8(ascii: "i"), identifier() == "if" { condition = try expression() }
        guard take(bracket) else { throw stop("`\(bracket)`") }
        return HCLExpression.Comprehension(
            keyName: second == nil ? nil : first,
            valueName: second ?? first,
            source: source,
            key: key,
            value: value,
            condition: condition,
            groups: groups
        )
    }
}
