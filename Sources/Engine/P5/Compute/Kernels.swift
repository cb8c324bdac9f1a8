import CKernels

/// The processor's variant of the small numeric loops.
// Safe to share: the table is a constant of the C target and its functions keep no state.
struct Kernels: @unchecked Sendable {
    /// The table of functions; none of its entries is NULL.
    let table: UnsafePointer<coldstart_kernels>

    /// The variant in use.
    static let inUse = Kernels(table: coldstart_kernels_in_use())
    /// The variants that this processor runs.
    static let available = [coldstart_portable, coldstart_avx2, coldstart_avx512]
        .compactMap { variant in coldstart_kernels_of(variant).map { Kernels(table: $0) } }

    /// The most outputs of a product that one tile computes: parts of a product begin at multiples of it.
    static let widestTile = 32

    /// The outputs that a product of few rows sums at a time.
    static let outputsOfFewRows = 4

    /// The name of the variant.
    var name: String { String(cString: table.pointee.name) }

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
