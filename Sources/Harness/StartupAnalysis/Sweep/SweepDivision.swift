package import Shards

/// The combinations of a grid that belong to a shard.
///
/// A combination is known by its values: the sum of the hashes of `name=value`, so that neither the order of the axes nor
/// their other values play a part.
package struct SweepDivision: Sendable {
    private let shard: Shard
    /// By axis, then by the place of the value.
    private let hashes: [[UInt64]]

    /// Divides a grid.
    ///
    /// - Complexity: O(*n*) in the values of all axes.
    package init(of grid: SweepGrid, for shard: Shard) {
        self.shard = shard
        hashes = grid.axes.map { axis in
            (0..<axis.count).map { XXHash64.hash("\(axis.parameter.name)=\(axis[$0]?.plainText ?? "measured")") }
        }
    }

    /// Whether a combination belongs to the shard, by the place of its value on each axis.
    ///
    /// - Complexity: O(axes).
    package func owns(_ places: [Int]) -> Bool {
        var sum: UInt64 = 0
        for axis in hashes.indices { sum &+= hashes[axis][places[axis]] }
        return shard.owns(hash: XXHash64.avalanche(sum))
    }
}

extension SweepGrid {
    /// XXH64 of the names and values of all axes, recorded starts included, in hexadecimal digits.
    package var fingerprint: String { XXHash64.text(of: XXHash64.hash("\(axes)")) }
}
