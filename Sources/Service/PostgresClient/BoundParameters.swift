/// Values in the form in which libpq takes them.
struct BoundParameters {
    /// The types' object ids.
    let types: [UInt32]
    private let bytes: [UInt8]
    private let ranges: [Range<Int>]

    /// Encodes values.
    ///
    /// - Complexity: O(*n*) in their size.
    init(_ parameters: [PostgresParameter]) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for parameter in parameters {
            let start = bytes.count
            parameter.encode(into: &bytes)
            ranges.append(start..<bytes.count)
        }
        // An empty value needs an address too: a null pointer would mean NULL.
        bytes.append(0)
        self.bytes = bytes
        self.ranges = ranges
        types = parameters.map(\.type)
    }

    /// The number of values.
    var count: Int32 { Int32(types.count) }

    /// The length of each value in bytes.
    var lengths: [Int32] { ranges.map { Int32($0.count) } }

    /// The format of each value: binary.
    var formats: [Int32] { [Int32](repeating: 1, count: types.count) }

    /// Calls a function with the address of each value, valid for the call.
    func withValues<Result>(_ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        bytes.withUnsafeBytes { buffer in
            body(ranges.map { buffer.baseAddress?.advanced(by: $0.lowerBound).assumingMemoryBound(to: CChar.self) })
        }
    }
}
