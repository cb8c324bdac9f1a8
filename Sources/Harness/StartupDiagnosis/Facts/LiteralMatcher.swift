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

    /// The class of each byte; those in no text share the class 0.
    private let classes: [UInt8]
    private let classCount: Int
    /// By state and class: the next state.
    private let next: [UInt16]
    /// By state: the texts that end there.
    private let ends: [[Int]]
    /// By state: whether any text ends there.
    private let isEnd: [Bool]
    private let lengths: [Int]

    /// Builds the automaton.
    ///
    /// - Precondition: The texts have less than 65,536 bytes together.
    /// - Complexity: O(*s* · *c*) in the states and the distinct bytes.
    init(_ texts: [StaticString]) {
        let patterns = texts.map { Array(UnsafeBufferPointer(start: $0.utf8Start, count: $0.utf8CodeUnitCount)) }
        precondition(patterns.reduce(1) { $0 + $1.count } < 65_536, "too many texts for one automaton")
        var classes = [UInt8](repeating: 0, count: 256)
        var classCount = 1
        for byte in Set(patterns.joined()).sorted() {
            classes[Int(byte)] = UInt8(classCount)
            classCount += 1
        }
        var trie: [[Int]] = [[Int](repeating: -1, count: classCount)]
        var ends: [[Int]] = [[]]
        for (index, pattern) in patterns.enumerated() {
            var state = 0
            for byte in pattern {
                let symbol = Int(classes[Int(byte)])
                if trie[state][symbol] < 0 {
                    trie[state][symbol] = trie.count
                    trie.append([Int](repeating: -1, count: classCount))
                    ends.append([])
                }
                state = trie[state][symbol]
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
            for symbol in 0..<classCount {
                let onFailure = state == 0 ? 0 : trie[failure[state]][symbol]
                if trie[state][symbol] < 0 {
                    trie[state][symbol] = onFailure
                } else {
                    failure[trie[state][symbol]] = onFailure
                    queue.append(trie[state][symbol])
                }
            }
        }
        self.classes = classes
        self.classCount = classCount
        self.next = trie.flatMap { $0.map { UInt16($0) } }
        self.ends = ends
        self.isEnd = ends.map { !$0.isEmpty }
        self.lengths = patterns.map(\.count)
    }

    /// Appends what is found in a text, in the order in which it ends there.
    func find(in bytes: UnsafeRawBufferPointer, into hits: inout [Hit]) {
        classes.withUnsafeBufferPointer { classes in
            next.withUnsafeBufferPointer { next in
                isEnd.withUnsafeBufferPointer { isEnd in
                    var state = 0
                    for index in 0..<bytes.count {
                        state = Int(next[state &* classCount &+ Int(classes[Int(bytes[index])])])
                        guard isEnd[state] else { continue }
                        for text in ends[state] {
                            hits.append(Hit(index: text, offset: index + 1 - lengths[text]))
                        }
                    }
                }
            }
        }
    }
}
