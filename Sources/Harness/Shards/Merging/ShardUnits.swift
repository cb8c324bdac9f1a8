#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The units of one shard's file, one after the other, in memory for a piece of the file and its longest line.
final class ShardUnits {
    private let path: String
    private let file: OpenShard
    private let end: ShardEnd
    /// Where the file is read next, and where its units end.
    private var place: Int
    private let limit: Int
    private var buffer: UnsafeMutableRawBufferPointer
    /// What of the buffer has been read and not been taken.
    private var filled: Range<Int> = 0..<0
    private var digest = XXHash64()
    private var taken = 0
    /// The number of the unit that was read last.
    private(set) var number = -1
    /// Where its content lies in the buffer.
    private var range: Range<Int> = 0..<0

    /// Opens a shard's file at its first unit.
    ///
    /// - Throws: `ShardError` where it cannot be read.
    init(_ shard: ShardFile, bufferSize: Int) throws(ShardError) {
        path = shard.path
        end = shard.end
        file = try OpenShard(path)
        // The digest is that of the plan's line and of all units.
        place = shard.places.plan
        limit = shard.places.summary
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 8)
        _ = try nextLine()
    }

    deinit { buffer.deallocate() }

    /// Hands over the content of the unit that was read last.
    func withContent<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(rebasing: buffer[range]))
    }

    /// Reads the next unit.
    ///
    /// - Returns: Whether there is one.
    /// - Throws: `ShardError` where a line is no unit, units are out of order, or at the end, where the file does not hold
    ///   what was written.
    func next() throws(ShardError) -> Bool {
        guard let line = try nextLine() else {
            guard digest.text == end.digest, taken == end.units else {
                throw ShardError(
                    .changed,
                    "\(path): was changed after it was written: \(taken) units, expected \(end.units), digest "
                        + "\(digest.text), expected \(end.digest); run the shard again"
                )
            }
            return false
        }
        taken += 1
        let before = number
        guard let found = unit(in: line), found > before, found < end.total else {
            throw ShardError(
                .changed,
                "\(path): the line of unit \(taken) was changed after it was written; run it again"
            )
        }
        number = found
        return true
    }

    /// Reads the number of a unit, and finds its content.
    private func unit(in line: Range<Int>) -> Int? {
        let bytes = UnsafeRawBufferPointer(buffer)
        func holds(_ text: [UInt8], at place: Int) -> Bool {
            guard place + text.count <= line.upperBound, let begin = bytes.baseAddress else { return false }
            return text.withUnsafeBytes { text in
                text.baseAddress.map { memcmp($0, begin + place, text.count) == 0 } ?? true
            }
        }
        guard holds(ShardLines.unit, at: line.lowerBound), bytes[line.upperBound - 1] == ShardLines.close
        else { return nil }
        var place = line.lowerBound + ShardLines.unit.count
        var number = 0
        let digits = place
        while place < line.upperBound, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
            guard place - digits < 18 else { return nil }
            number = number * 10 + Int(digit)
            place += 1
        }
        guard place > digits, holds(ShardLines.content, at: place) else { return nil }
        place += ShardLines.content.count
        guard place < line.upperBound else { return nil }
        range = place..<(line.upperBound - 1)
        return number
    }

    /// The next line without its line feed, as a part of the buffer; `nil` where the units end.
    private func nextLine() throws(ShardError) -> Range<Int>? {
        var searched = filled.lowerBound
        while true {
            if searched < filled.upperBound, let base = buffer.baseAddress,
                let found = memchr(base + searched, CInt(ShardLines.lineFeed), filled.upperBound - searched)
            {
                let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                let line = filled.lowerBound..<end
                filled = (end + 1)..<filled.upperBound
                return line
            }
            searched = filled.upperBound
            guard place < limit else {
                guard filled.isEmpty else {
                    throw ShardError(.changed, "\(path): was changed after it was written; run the shard again")
                }
                return nil
            }
            if filled.upperBound == buffer.count { searched -= makeRoom() }
            let room = min(buffer.count - filled.upperBound, limit - place)
            let part = UnsafeMutableRawBufferPointer(
                rebasing: buffer[filled.upperBound..<(filled.upperBound + room)]
            )
            let count = try file.read(at: place, into: part)
            guard count > 0 else {
                throw ShardError(.changed, "\(path): became shorter while it was read; run the shard again")
            }
            digest.update(UnsafeRawBufferPointer(rebasing: part[..<count]))
            place += count
            filled = filled.lowerBound..<(filled.upperBound + count)
        }
    }

    /// Moves what is left to the front of the buffer, or makes the buffer twice as large where it is full.
    ///
    /// - Returns: By how many bytes what is left moved.
    private func makeRoom() -> Int {
        let moved = filled.lowerBound
        if moved > 0, let begin = buffer.baseAddress {
            memmove(begin, begin + moved, filled.count)
        } else {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 8)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        }
        filled = 0..<filled.count
        return moved
    }
}
