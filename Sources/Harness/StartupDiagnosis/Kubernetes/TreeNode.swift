/// A value of a structured status, whether it was written as JSON, as YAML or by `kubectl describe`.
struct TreeNode {
    /// A value with its key.
    struct Member {
        /// The key.
        let key: String
        /// The value.
        var node: TreeNode
    }

    /// What the value is.
    indirect enum Value {
        /// A word, a number or a text.
        case scalar(KeptText)
        /// Values in order.
        case list([TreeNode])
        /// Values by key, in order; `kubectl describe` may repeat a key.
        case map([Member])
    }

    /// The value.
    var value: Value
    /// The key with what belongs to it, as the evidence of a number; the value itself without a key.
    var pair: KeptText?

    /// An empty mapping.
    static var empty: TreeNode { TreeNode(value: .map([])) }

    /// The text of a scalar.
    var kept: KeptText? {
        if case .scalar(let text) = value { text } else { nil }
    }

    /// The text of a scalar, without escapes.
    var string: String? { kept?.string }

    /// The number of a scalar.
    var number: Int? { string.flatMap { Int($0) } }

    /// The elements of a list; none for anything else.
    var elements: [TreeNode] {
        if case .list(let elements) = value { elements } else { [] }
    }

    /// The members of a mapping; none for anything else.
    var members: [Member] {
        if case .map(let members) = value { members } else { [] }
    }

    /// The first member of this key.
    subscript(key: String) -> TreeNode? { members.first { $0.key == key }?.node }
}

extension TreeNode {
    /// The deepest nesting that is read.
    static let depthLimit = 64

    /// Reads the value at a cursor; `nil` where it does not end.
    ///
    /// - Complexity: O(*n*) in its bytes.
    init?(_ cursor: inout JSONCursor, file: Int, depth: Int = 0) {
        guard depth < Self.depthLimit else { return nil }
        switch cursor.peek() {
        case UInt8(ascii: "{"):
            var members: [Member] = []
            let isRead = cursor.object { key, cursor in
                var pair = key
                pair.bytes = UnsafeRawBufferPointer(
                    start: key.bytes.baseAddress.map { $0 - 1 },
                    count: key.bytes.count + 2
                )
                pair.lead = UnsafeRawBufferPointer(rebasing: key.lead.dropLast())
                pair.escaping = .none
                guard var node = TreeNode(&cursor, file: file, depth: depth + 1) else { return false }
                node.pair = KeptText(pair, around: 0, in: file)
                members.append(Member(key: key.string, node: node))
                return true
            }
            guard isRead else { return nil }
            self.init(value: .map(members))
        case UInt8(ascii: "["):
            let elements = Self.elements(&cursor) { TreeNode(&$0, file: file, depth: depth + 1) }
            guard let elements else { return nil }
            self.init(value: .list(elements))
        case UInt8(ascii: "\""):
            guard let text = cursor.string() else { return nil }
            self.init(value: .scalar(KeptText(text, around: 0, in: file)))
        default:
            _ = cursor.peek()
            let start = cursor.position
            let word = cursor.word()
            guard !word.isEmpty else { return nil }
            let text = cursor.placed(start..<(start + word.count), escaping: .none)
            self.init(value: word.equals("null") ? .map([]) : .scalar(KeptText(text, around: 0, in: file)))
        }
    }

    /// Reads the elements of the list at a cursor; `nil` where it does not end, or one of them cannot be read.
    static func elements(
        _ cursor: inout JSONCursor,
        _ read: (inout JSONCursor) -> TreeNode?
    ) -> [TreeNode]? {
        cursor.position += 1
        var elements: [TreeNode] = []
        while cursor.peek() != UInt8(ascii: "]") {
            guard let element = read(&cursor) else { return nil }
            elements.append(element)
            guard cursor.take(UInt8(ascii: ",")) else { break }
        }
        return cursor.take(UInt8(ascii: "]")) ? elements : nil
    }
}
