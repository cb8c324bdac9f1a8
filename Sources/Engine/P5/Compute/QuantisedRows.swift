/// Room for rows of activations in 8 bits, each with its scale and its zero.
final class QuantisedRows {
    /// Rows × the depth that was quantised last, rounded up to a multiple of 4.
    let bytes: UnsafeMutablePointer<UInt8>
    /// What an integer of a row is worth.
    let scales: UnsafeMutablePointer<Float>
    /// The integer of a row that stands for 0.
    let zeros: UnsafeMutablePointer<Int32>
    /// The most rows.
    let rows: Int
    /// The largest depth.
    let depth: Int

    /// The bytes from one row to the next.
    static func stride(depth: Int) -> Int { (depth + 3) / 4 * 4 }

    /// Allocates room that is not initialised.
    init(rows: Int, depth: Int) {
        self.rows = rows
        self.depth = depth
        let count = rows * Self.stride(depth: depth)
        self.bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 64)
            .bindMemory(to: UInt8.self, capacity: count)
        self.scales = .allocate(capacity: max(1, rows))
        self.zeros = .allocate(capacity: max(1, rows))
    }

    deinit {
        UnsafeMutableRawPointer(bytes).deallocate()
        scales.deallocate()
        zeros.deallocate()
    }
}
