import Reports

extension ShardSet {
    /// The bytes of a file that are in memory at a time; for many files fewer of each.
    private var bufferSize: Int { max(1 << 14, min(1 << 20, (1 << 26) / shards.count)) }

    /// Hands over every unit of the work in order.
    ///
    /// - Parameter body: Is handed the number of each unit and its content, the bytes of a JSON value, which are there for
    ///   the time of the call.
    /// - Throws: `ShardError` where a unit is missing or there twice, or a file was changed; what `body` throws.
    /// - Complexity: O(*n* log *s*) in the units and the shards; the memory is that of a piece of each file.
    package func forEachUnit(_ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
        try Resources.allowOpenFiles(shards.count + 16)
        let readers = try shards.map { try ShardUnits($0, bufferSize: bufferSize) }
        var heap = UnitHeap()
        for (index, reader) in readers.enumerated() {
            if try reader.next() { heap.push(.init(unit: reader.number, shard: index)) }
        }
        var expected = 0
        while let head = heap.first {
            guard head.unit == expected else {
                throw ShardError(
                    .changed,
                    head.unit > expected
                        ? "no shard holds unit \(expected) of \(total); run the shards again"
                        : "unit \(head.unit) is in two shards, the second is \(shards[head.shard].path); run them again"
                )
            }
            let reader = readers[head.shard]
            try reader.withContent { content in try body(head.unit, content) }
            expected += 1
            if try reader.next() {
                heap.replaceFirst(with: .init(unit: reader.number, shard: head.shard))
            } else {
                heap.removeFirst()
            }
        }
        guard expected == total else {
            throw ShardError(.changed, "no shard holds unit \(expected) of \(total); run the shards again")
        }
    }
}

extension ShardSet {
    /// What the command knows of the whole work.
    ///
    /// - Throws: `ShardError` (`changed`) where the files say something else.
    package func plan<Plan: Decodable>(as type: Plan.Type) throws(ShardError) -> Plan {
        guard let plan = try? ReportEncoding.decode(type, from: plan) else { throw changedPlan }
        return plan
    }

    /// Hands over every unit of the work in order, as a value.
    ///
    /// - Parameters:
    ///   - type: What each unit is.
    ///   - body: Is handed the number of each unit and its content.
    /// - Throws: As ``forEachUnit(_:)``; `ShardError` (`changed`) where a unit is something else.
    package func forEachUnit<Content: Decodable>(
        as type: Content.Type,
        _ body: (Int, Content) throws -> Void
    ) throws {
        try forEachUnit { number, content in
            guard let content = try? ReportEncoding.decode(type, from: String(decoding: content, as: UTF8.self)) else {
                throw changed(unit: number)
            }
            try body(number, content)
        }
    }

    /// Says that the plan is none of the command's.
    package var changedPlan: ShardError {
        ShardError(.changed, "\(shards[0].path): the plan is none of \(work.command); run the shard again")
    }

    /// Says that a unit is none of the command's.
    package func changed(unit number: Int) -> ShardError {
        ShardError(.changed, "unit \(number) is none of \(work.command), or of another one; run its shard again")
    }
}

/// The next unit of each shard, the smallest first: a binary heap.
struct UnitHeap {
    /// A shard's next unit.
    struct Entry {
        /// The unit's number.
        let unit: Int
        /// The shard's place.
        let shard: Int
    }

    private var entries: [Entry] = []

    /// The smallest; `nil` where there is none.
    var first: Entry? { entries.first }

    /// Adds an entry.
    ///
    /// - Complexity: O(log *n*).
    mutating func push(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0, entries[child].unit < entries[(child - 1) / 2].unit {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Puts another entry in the place of the smallest.
    ///
    /// - Complexity: O(log *n*).
    mutating func replaceFirst(with entry: Entry) {
        entries[0] = entry
        var parent = 0
        while true {
            var least = parent
            let (left, right) = (2 * parent + 1, 2 * parent + 2)
            if left < entries.count, entries[left].unit < entries[least].unit { least = left }
            if right < entries.count, entries[right].unit < entries[least].unit { least = right }
            guard least != parent else { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }

    /// Takes the smallest out.
    ///
    /// - Complexity: O(log *n*).
    mutating func removeFirst() {
        let last = entries.removeLast()
        if !entries.isEmpty { replaceFirst(with: last) }
    }
}
