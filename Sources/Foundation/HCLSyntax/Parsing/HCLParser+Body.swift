extension HCLParser {
    /// Reads attributes and blocks up to the end or to the closing brace, which it leaves.
    mutating func body(endsAtBrace: Bool) -> HCLBody {
        var body = HCLBody()
        let outer = skipsLineBreaks
        defer { skipsLineBreaks = outer }
        while true {
            skipsLineBreaks = true
            skipBlanks()
            skipsLineBreaks = false
            guard offset < end else { return body }
            // What has so many problems is no HCL; to look for the end of every heredoc in it would take too long.
            guard problems.count < Self.problemLimit else {
                offset = end
                return body
            }
            if next == UInt8(ascii: "}") {
                if endsAtBrace { return body }
                note("expected an attribute or a block, found `}`")
                offset += 1
                continue
            }
            let start = offset
            do throws(Stop) {
                body.items.append(try item())
                try endOfItem()
            } catch {
                recover(from: start)
            }
        }
    }

    /// Reads an attribute or a block.
    private mutating func item() throws(Stop) -> HCLBody.Item {
        let start = offset
        guard let name = identifier() else { throw stop("an attribute or a block") }
        let nameRange = start..<offset
        skipBlanks()
        if next == UInt8(ascii: "="), peek(1) != UInt8(ascii: "=") {
            offset += 1
            return .attribute(HCLAttribute(name: name, nameRange: nameRange, value: try expression()))
        }
        var labels: [String] = []
        while !take("{") {
            if next == UInt8(ascii: "\"") {
                let label = try quoted()
                labels.append(label.plainText ?? "")
            } else if let label = identifier() {
                labels.append(label)
            } else {
                throw stop("`=`, a label or `{`")
            }
        }
        let body = try nested { (parser) throws(Stop) in
            let body = parser.body(endsAtBrace: true)
            guard parser.take("}") else {
                parser.note("expected `}`, found the end")
                return body
            }
            return body
        }
        return .block(HCLBlock(type: name, typeRange: nameRange, labels: labels, body: body, range: start..<offset))
    }

    /// Checks that an item ends where the line does, or where the block in one line does.
    private mutating func endOfItem() throws(Stop) {
        skipBlanks()
        switch next {
        case UInt8(ascii: "\n"), UInt8(ascii: "}"): return
        case 0 where offset >= end: return
        // Not HCL, but the attributes on both sides are clear.
        case UInt8(ascii: ","), UInt8(ascii: ";"):
            note("expected the end of the line, found `\(Character(Unicode.Scalar(next)))`")
            offset += 1
        default: throw stop("the end of the line")
        }
    }

    /// Goes behind the line in which reading stopped, at least one byte further than the item's start.
    private mutating func recover(from start: Int) {
        offset = max(offset, start + 1)
        skipLine()
    }
}
