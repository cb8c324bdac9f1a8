extension Collection where Element: Sendable, Index == Int {
    /// Transforms the elements, some of them at a time.
    ///
    /// - Parameters:
    ///   - width: How many at most are transformed at the same time.
    ///   - transform: What is done with each.
    /// - Returns: The results in the order of the elements.
    /// - Throws: The first error; the others are cancelled then.
    package func mapSideBySide<Value: Sendable>(
        _ width: Int,
        _ transform: @escaping @Sendable (Element) async throws -> Value
    ) async throws -> [Value] {
        var values = [Value?](repeating: nil, count: count)
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var next = startIndex
            func startNext() {
                guard next < endIndex else { return }
                let (element, place) = (self[next], next - startIndex)
                group.addTask { (place, try await transform(element)) }
                next += 1
            }
            for _ in 0..<width { startNext() }
            while let (place, value) = try await group.next() {
                values[place] = value
                startNext()
            }
        }
        return values.compactMap(\.self)
    }
}
