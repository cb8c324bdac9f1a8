/// The bias that attention adds for the distance between two positions, for every head and distance up to a length.
///
/// Distances share buckets: small ones have one each, larger ones share by logarithm. See section 2.1 of Raffel et al.,
/// "Exploring the Limits of Transfer Learning" (JMLR 2020), and Hugging Face's `T5Attention`.
struct RelativePositionBias {
    /// Which keys a query sees.
    enum Direction {
        /// All of them; half the buckets are for keys behind the query.
        case bidirectional
        /// Those at or before the query.
        case causal
    }

    /// The positions it covers.
    let length: Int
    /// The distance in elements between the values of two heads.
    let stride: Int

    private let values: FloatBuffer

    /// Spreads the table over all distances.
    ///
    /// - Parameters:
    ///   - table: The learned values, buckets × heads.
    ///   - direction: Which keys a query sees.
    ///   - length: The number of positions.
    ///   - maximumDistance: The distance from which all share the last bucket.
    init(table: LinearWeight, direction: Direction, length: Int, maximumDistance: Int) {
        let stride = 2 * length - 1
        let values = FloatBuffer(count: table.inputs * stride)
        for offset in -(length - 1)...(length - 1) {
            let bucket = Self.bucket(
                of: offset,
                direction: direction,
                buckets: table.outputs,
                maximumDistance: maximumDistance
            )
            for head in 0..<table.inputs {
                values.pointer[head * stride + length - 1 + offset] = table.pointer[bucket * table.inputs + head]
            }
        }
        self.length = length
        self.stride = stride
        self.values = values
    }

    /// The value of head 0 for a key at the query's own position; a key `d` positions later is at offset `d`.
    var centre: UnsafePointer<Float> { UnsafePointer(values.pointer + length - 1) }

    /// Returns the bucket of a key `offset` positions behind the query.
    ///
    /// The logarithm is taken in single precision, as PyTorch does: at exact powers of two the last bit decides.
    static func bucket(of offset: Int, direction: Direction, buckets: Int, maximumDistance: Int) -> Int {
        var available = buckets
        var first = 0
        var distance = max(0, -offset)
        if direction == .bidirectional {
            available /= 2
            first = offset > 0 ? available : 0
            distance = abs(offset)
        }
        let exact = available / 2
        guard distance >= exact else { return first + distance }
        let range = Float(logarithm(Double(maximumDistance) / Double(exact)))
        let position = singleLogarithm(Float(distance) / Float(exact)) / range * Float(available - exact)
        return first + min(exact + Int(position), available - 1)
    }
}
