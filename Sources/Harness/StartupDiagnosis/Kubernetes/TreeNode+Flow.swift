/// Flow style of YAML: `{name: web, ready: false}`, `[a, b]`, with plain scalars and both kinds of quotes.
extension TreeNode {
    /// Reads the value at a cursor; `nil` where it does not end, or is none of these.
    ///
    /// - Complexity: O(*n*) in its bytes.
    init?(flow cursor: inout JSONCursor, file: Int, depth: Int = 0) {
        guard depth < Self.depthLimit else { return nil }
        switch cursor.peek() {
        case UInt8(ascii: "{"):
            cursor.position += 1
            var members: [Member] = []
            while cursor.peek() != UInt8(ascii: "}") {
                guard let key = Self.flowScalar(&cursor), !key.isEmpty else { return nil }
                var node = TreeNode.empty
                if cursor.take(UInt8(ascii: ":")) {
                    let next = cursor.peek()
                    if next != UInt8(ascii: ","), next != UInt8(ascii: "}") {
                        guard let value = TreeNode(flow: &cursor, file: file, depth: depth + 1) else { return nil }
                        node = value
                    }
                }
                node.pair = KeptText(key, around: 0, in: file)
                members.append(Member(key: key.string, node: node))
                guard cursor.take(UInt8(ascii: ",")) else { break }
            }
            guard cursor.take(UInt8(ascii: "}")) else { return nil }
            self.init(value: .map(members))
        case UInt8(ascii: "["):
            let elements = Self.elements(&cursor) { TreeNode(flow: &$0, file: file, depth: depth + 1) }
            guard let elements else { return nil }
            self.init(value: .list(elements))
        default:
            guard let scalar = Self.flowScalar(&cursor) else { return nil }
            let isNull = scalar.escaping == .none && (scalar.bytes.equals("null") || scalar.bytes.equals("~"))
            self.init(value: isNull ? .map([]) : .scalar(KeptText(scalar, around: 0, in: file)))
        }
    }

    /// Reads a key or a scalar: in quotes, or plain up to what ends it.
    private static func flowScalar(_ cursor: inout JSONCursor) -> PlacedText? {
        let first = cursor.peek()
        if first == UInt8(ascii: "\"") { return cursor.string() }
        let bytes = cursor.bytes
        var end = cursor.position
        if first == UInt8(ascii: "'") {
            end += 1
            while end < bytes.count, bytes[end] != first || end + 1 < bytes.count && bytes[end + 1] == first {
                guard bytes[end] != UInt8(ascii: "\n") else { return nil }
                end += bytes[end] == first ? 2 : 1
            }
            guard end < bytes.count else { return nil }
            let scalar = cursor.placed(cursor.position..<(end + 1), escaping: .none).unquoted
            cursor.position = end + 1
            return scalar
        }
        while end < bytes.count, !",{}[]\n".utf8.contains(bytes[end]) {
            let isColon = bytes[end] == UInt8(ascii: ":")
            // A colon ends a key where a blank or the end of the value follows; a time has others.
            if isColon, end + 1 == bytes.count || bytes[end + 1] <= 0x20 || ",}]".utf8.contains(bytes[end + 1]) {
                break
            }
            end += 1
        }
        let blanks = bytes[cursor.position..<end].reversed().prefix { $0 <= 0x20 }.count
        guard end - blanks > cursor.position else { return nil }
        let scalar = cursor.placed(cursor.position..<(end - blanks), escaping: .none)
        cursor.position = end
        return scalar
    }
}
