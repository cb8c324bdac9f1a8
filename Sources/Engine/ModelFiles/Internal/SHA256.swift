/// The SHA-256 hash of a stream of bytes (FIPS 180-4).
struct SHA256 {
    private var state: State = (
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
    )
    /// The bytes that do not fill a block yet.
    private var pending: [UInt8] = []
    private var byteCount: UInt64 = 0

    private typealias State = (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)

    /// Adds bytes to the stream.
    ///
    /// - Complexity: O(*n*).
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        byteCount &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = rest.prefix(64 - pending.count)
            pending.append(contentsOf: missing)
            rest = rest.dropFirst(missing.count)
            guard pending.count == 64 else { return }
            pending.withUnsafeBytes { SHA256.compress($0, into: &state) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / 64 * 64
        SHA256.compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)), into: &state)
        pending.append(contentsOf: rest.dropFirst(whole))
    }

    /// Ends the stream and returns the hash as 64 lower-case hexadecimal digits.
    consuming func finalized() -> String {
        let bitCount = byteCount &* 8
        pending.append(0x80)
        while pending.count % 64 != 56 {
            pending.append(0)
        }
        for shift in stride(from: 56, through: 0, by: -8) {
            pending.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
        }
        pending.withUnsafeBytes { SHA256.compress($0, into: &state) }
        let words = [state.0, state.1, state.2, state.3, state.4, state.5, state.6, state.7]
        return
            words.map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 8 - digits.count) + digits
            }
            .joined()
    }

    /// Hashes whole blocks of 64 bytes.
    ///
    /// Sixteen rounds are written out at a time with the eight working variables rotating by name, so that none is
    /// moved between registers.
    private static func compress(_ blocks: UnsafeRawBufferPointer, into state: inout State) {
        guard !blocks.isEmpty else { return }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 16) { schedule in
            roundConstants.withUnsafeBufferPointer { constants in
                for start in stride(from: 0, to: blocks.count, by: 64) {
                    for word in 0..<16 {
                        let loaded = blocks.loadUnaligned(fromByteOffset: start + 4 * word, as: UInt32.self)
                        schedule[word] = UInt32(bigEndian: loaded)
                    }
                    compressBlock(schedule, constants, into: &state)
                }
            }
        }
    }

    @inline(__always)
    private static func compressBlock(
        _ w: UnsafeMutableBufferPointer<UInt32>,
        _ k: UnsafeBufferPointer<UInt32>,
        into state: inout State
    ) {
        var (a, b, c, d, e, f, g, h) = state
        var first = 0
        while first < 64 {
            if first > 0 { extend(w) }
            for half in stride(from: 0, to: 16, by: 8) {
                let t = first + half
                round(a, b, c, &d, e, f, g, &h, k[t] &+ w[half])
                round(h, a, b, &c, d, e, f, &g, k[t + 1] &+ w[half + 1])
                round(g, h, a, &b, c, d, e, &f, k[t + 2] &+ w[half + 2])
                round(f, g, h, &a, b, c, d, &e, k[t + 3] &+ w[half + 3])
                round(e, f, g, &h, a, b, c, &d, k[t + 4] &+ w[half + 4])
                round(d, e, f, &g, h, a, b, &c, k[t + 5] &+ w[half + 5])
                round(c, d, e, &f, g, h, a, &b, k[t + 6] &+ w[half + 6])
                round(b, c, d, &e, f, g, h, &a, k[t + 7] &+ w[half + 7])
            }
            first += 16
        }
        state.0 &+= a
        state.1 &+= b
        state.2 &+= c
        state.3 &+= d
        state.4 &+= e
        state.5 &+= f
        state.6 &+= g
        state.7 &+= h
    }

    /// Replaces the sixteen words of the schedule by the next sixteen.
    @inline(__always)
    private static func extend(_ w: UnsafeMutableBufferPointer<UInt32>) {
        for t in 0..<16 {
            let early = w[(t + 1) & 15]
            let late = w[(t + 14) & 15]
            let sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)
            let sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10)
            w[t] = w[t] &+ sigma0 &+ w[(t + 9) & 15] &+ sigma1
        }
    }

    @inline(__always)
    private static func round(
        _ a: UInt32,
        _ b: UInt32,
        _ c: UInt32,
        _ d: inout UInt32,
        _ e: UInt32,
        _ f: UInt32,
        _ g: UInt32,
        _ h: inout UInt32,
        _ input: UInt32
    ) {
        let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
        let choice = g ^ (e & (f ^ g))
        let first = h &+ sum1 &+ choice &+ input
        let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
        let majority = (a & b) | (c & (a | b))
        d = d &+ first
        h = first &+ sum0 &+ majority
    }

    @inline(__always)
    private static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 {
        value &>> count | value &<< (32 &- count)
    }

    private static let roundConstants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
        0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
        0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
        0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
        0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
        0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
        0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
        0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
        0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
