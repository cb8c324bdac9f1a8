/// The 64-bit hash XXH64 with seed 0, the same on every machine.
///
/// Specification: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md. It is no protection against somebody who
/// looks for two inputs with one hash.
package struct XXHash64: Sendable {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
    private static let stripe = 32

    private var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
    /// What is left of the input until a stripe is whole.
    private var rest: [UInt8] = []
    private var length: UInt64 = 0

    /// Creates the hash of nothing.
    package init() {}

    /// Returns the hash of a text's UTF-8 bytes.
    ///
    /// - Complexity: O(*n*).
    package static func hash(_ text: String) -> UInt64 {
        var hash = XXHash64()
        var text = text
        text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
        return hash.value
    }

    /// Takes further bytes.
    ///
    /// - Complexity: O(*n*).
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var place = 0
        if !rest.isEmpty {
            place = min(bytes.count, Self.stripe - rest.count)
            rest += bytes[..<place]
            guard rest.count == Self.stripe else { return }
            lanes = rest.withUnsafeBytes { Self.taken($0, at: 0, lanes) }
            rest.removeAll(keepingCapacity: true)
        }
        var next = lanes
        while bytes.count - place >= Self.stripe {
            next = Self.taken(bytes, at: place, next)
            place += Self.stripe
        }
        lanes = next
        rest += bytes[place...]
    }

    /// The hash of all bytes so far.
    package var value: UInt64 {
        var hash = Self.prime5
        if length >= Self.stripe {
            hash = Self.rotated(lanes.0, 1) &+ Self.rotated(lanes.1, 7)
            hash = hash &+ Self.rotated(lanes.2, 12) &+ Self.rotated(lanes.3, 18)
            for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
                hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
            }
        }
        hash = hash &+ length
        return Self.avalanche(rest.withUnsafeBytes { Self.finished(hash, $0) })
    }

    /// The hash as 16 hexadecimal digits.
    package var text: String { Self.text(of: value) }

    /// A hash as 16 hexadecimal digits.
    package static func text(of hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Spreads every bit of a number over all others: the last step of the hash.
    package static func avalanche(_ number: UInt64) -> UInt64 {
        var hash = number
        hash = (hash ^ (hash >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    private static func taken(
        _ bytes: UnsafeRawBufferPointer,
        at place: Int,
        _ lanes: (UInt64, UInt64, UInt64, UInt64)
    ) -> (UInt64, UInt64, UInt64, UInt64) {
        (
            round(lanes.0, word(bytes, place)), round(lanes.1, word(bytes, place + 8)),
            round(lanes.2, word(bytes, place + 16)), round(lanes.3, word(bytes, place + 24))
        )
    }

    /// Takes the fewer than 32 bytes after the last stripe.
    private static func finished(_ hash: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = hash
        var place = 0
        while bytes.count - place >= 8 {
            hash = rotated(hash ^ round(0, word(bytes, place)), 27) &* prime1 &+ prime4
            place += 8
        }
        if bytes.count - place >= 4 {
            let word = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            hash = rotated(hash ^ (word &* prime1), 23) &* prime2 &+ prime3
            place += 4
        }
        for byte in bytes[place...] { hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1 }
        return hash
    }

    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ word &* prime2, 31) &* prime1
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    private static func rotated(_ number: UInt64, _ bits: UInt64) -> UInt64 { number << bits | number >> (64 - bits) }
}
