package import Domain

/// Deterministic ids for seeded rows: UUIDs of version 8 (RFC 9562) that increase in the order of a session's rows.
///
/// The service reads ratings `ORDER BY created_at DESC, id DESC`; increasing ids make the later recorded of two ratings
/// of the same moment the newer.
package struct SeededRowIDs: Sendable {
    private let seed: UInt64

    /// Creates the ids that belong to a seed.
    package init(seed: UInt64) {
        self.seed = seed
    }

    /// Returns the id of a session's row.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - index: The row's place among the session's rows, below 2^28.
    /// - Returns: The id in its canonical form.
    package func id(of session: SessionID, index: Int) -> String {
        precondition((0..<(1 << 28)).contains(index), "row \(index) of a session")
        // FNV-1a over the session's id, started from the seed.
        let prefix = session.text.utf8.reduce(Self.mixed(seed)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let tail = Self.mixed(prefix ^ UInt64(index))
        let high = (prefix >> 32) << 32 | UInt64(index >> 12) << 16 | 0x8000 | UInt64(index & 0xFFF)
        let low = tail & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return SessionID.text(high: high, low: low)
    }

    /// The finaliser of SplitMix64.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
