import CKernels

/// The processor's variant of the small numeric loops.
// Safe to share: the tables are constants of the C target and their functions keep no state.
struct Kernels: @unchecked Sendable {
    /// The table of functions; none of its entries is NULL.
    let table: UnsafePointer<coldstart_kernels>
    /// The table of products in 8 bits; none of its entries is NULL.
    let int8: UnsafePointer<coldstart_int8_kernels>

    /// The variant in use.
    static let inUse = Kernels(table: coldstart_kernels_in_use(), int8: coldstart_int8_kernels_in_use())
    /// The variants that this processor runs.
    static let available = [
        coldstart_portable, coldstart_avx2, coldstart_avxvnni, coldstart_avx512, coldstart_avx512vnni,
        coldstart_dotprod,
    ]
    .compactMap(Kernels.init)

    private init(table: UnsafePointer<coldstart_kernels>, int8: UnsafePointer<coldstart_int8_kernels>) {
        self.table = table
        self.int8 = int8
    }

    /// The kernels of a variant, `nil` where this processor does not run it.
    init?(_ variant: coldstart_variant) {
        guard let table = coldstart_kernels_of(variant),
            let int8 = coldstart_int8_kernels_of(variant)
        else { return nil }
        self.init(table: table, int8: int8)
    }

    /// The most outputs of a product that one tile computes: parts of a product begin at multiples of it.
    static let widestTile = 32

    /// The outputs of a product of few rows that are summed at a time.
    static let outputsOfFewRows = 4

    /// The name of the variant.
    var name: String { String(cString: int8.pointee.name) }

    /// Computes `y = x / rms(x) · weight` on rows; `y` may be `x`.
    func normalise(
        _ x: UnsafePointer<Float>,
        weight: FloatVector,
        into y: UnsafeMutablePointer<Float>,
        rows: Int,
        epsilon: Float
    ) {
        let width = weight.count
        table.pointee.rms_norm(x, width, weight.pointer, y, width, rows, width, epsilon)
    }

    /// Computes `y = x · Wᵀ`, or adds it to `y`, for few rows.
    func project(
        _ x: UnsafePointer<Float>,
        stride: Int,
        rows: Int,
        weight: LinearSlice,
        into y: UnsafeMutablePointer<Float>,
        resultStride: Int,
        adding: Bool = false
    ) {
        table.pointee.linear_rows(
            x,
            stride,
            rows,
            weight.pointer,
            weight.inputs,
            weight.outputs,
            weight.inputs,
            y,
            resultStride,
            adding ? 1 : 0
        )
    }
}
