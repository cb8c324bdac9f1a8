/// The sessions of a comparison, block by block.
package struct ComparedSessions: Sendable {
    /// Hands sessions over in blocks of at most so many.
    package typealias Source = @Sendable (_ size: Int, _ body: ([ComparedSession]) throws -> Void) throws -> Void

    /// How many there are; `nil` where that is not known before all have been read.
    package let count: Int?
    private let source: Source

    /// Creates sessions from what hands them over.
    package init(count: Int?, _ source: @escaping Source) {
        self.count = count
        self.source = source
    }

    /// Creates sessions that are in memory.
    package init(_ sessions: [ComparedSession]) {
        self.init(count: sessions.count) { size, body in
            for start in stride(from: 0, to: sessions.count, by: size) {
                try body(Array(sessions[start..<min(sessions.count, start + size)]))
            }
        }
    }

    /// Hands the sessions over in their order.
    ///
    /// - Parameters:
    ///   - size: The most sessions of a block.
    ///   - body: Is handed each block.
    /// - Throws: What reading and `body` throw.
    package func forEachBlock(of size: Int, _ body: ([ComparedSession]) throws -> Void) throws {
        try source(size, body)
    }
}
