/// Finds many literal texts in one pass over a line: Aho and Corasick, "Efficient string matching" (1975).
///
/// - Complexity: O(*n*) for *n* bytes, however many texts there are.
struct LiteralMatcher: Sendable {
    /// A text that was found.
    struct Hit {
        /// The number of the text.
        let index: Int
        /// Where it begins.
        let offset: Int
    }

    /// By state and byte: the next state, with ``endMark`` where a text ends there.
    private let next: [UInt16]
    /// By state: the texts that end there.
    private let ends: [[Int]]
    private let lengths: [Int]
    private static let endMark: UInt16 = 0x8000

    /// Builds the automaton.
    ///
    /// - Precondition: The texts have less than 32,768 bytes together.
    /// - Complexity: O(*s*) in the states, each with a row of 256.
    init(_ texts: [StaticString]) {
        let patterns = texts.map { Array(UnsafeBufferPointer(start: $0.utf8Start, count: $0.utf8CodeUnitCount)) }
        precondition(patterns.reduce(1) { $0 + $1.count } < Int(Self.endMark), "too many texts for one automaton")
        var trie: [[Int]] = [[Int](repeating: -1, count: 256)]
        var ends: [[Int]] = [[]]
        for (index, pattern) in patterns.enumerated() {
            var state = 0
            for byte in pattern {
                if trie[state][Int(byte)] < 0 {
                    trie[state][Int(byte)] = trie.count
                    trie.append([Int](repeating: -1, count: 256))
                    ends.append([])
                }
                state = trie[state][Int(byte)]
            }
            ends[state].append(index)
        }
        var failure = [Int](repeating: 0, count: trie.count)
        var queue: [Int] = [0]
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            ends[state] += state == 0 ? [] : ends[failure[state]]
            for byte in 0..<256 {
                let onFailure = state == 0 ? 0 : trie[failure[state]][byte]
                if trie[state][byte] < 0 {
                    trie[state][byte] = onFailure
                } else {
                    failure[trie[state][byte]] = onFailure
                    queue.append(trie[state][byte])
                }
            }
        }
        next = trie.flatMap { row in row.map { UInt16($0) | (ends[$0].isEmpty ? 0 : Self.endMark) } }
        self.ends = ends
        self.lengths = patterns.map(\.count)
    }

    /// Appends what is found in a text, in the order in which it ends there.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - hits: What is found.
    ///   - isEnough: Asked after each find whether the rest of the text may be left.
    func find(
        in bytes: UnsafeRawBufferPointer,
        into hits: inout [Hit],
        until isEnough: (Hit) -> Bool
    ) {
        next.withUnsafeBufferPointer { next in
            var state = 0
            for index in 0..<bytes.count {
                let step = next[state &<< 8 &+ Int(bytes[index])]
                state = Int(step & ~Self.endMark)
                guard step & Self.endMark != 0 else { continue }
                for text in ends[state] {
                    let hit = Hit(index: text, offset: index + 1 - lengths[text])
                    hits.append(hit)
                    if isEnough(hit) { return }
                }
            }
        }
    }
}
