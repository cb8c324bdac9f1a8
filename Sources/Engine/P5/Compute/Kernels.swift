import CKernels

/// The processor's variant of the small numeric loops.
// Safe to share: the table is a constant of the C target and its functions keep no state.
struct Kernels: @unchecked Sendable {
    /// The table of functions; none of its entries is NULL.
    let table: UnsafePointer<coldstart_kernels>

    /// The fastest variant for this processor.
    static let best = Kernels(table: coldstart_kernels_best())
    /// The variant that every processor runs.
    static let portable = Kernels(table: coldstart_kernels_portable())

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
