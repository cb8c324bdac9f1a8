import CKernels

/// A matrix in memory as one side of a product, row-major or stored as its transpose.
struct ProductOperand {
    let pointer: UnsafePointer<Float>
    /// The distance in elements between two stored rows.
    let stride: Int
    /// Whether the first index of what is stored is the one that is summed over.
    let isByDepth: Bool

    init(_ pointer: UnsafePointer<Float>, stride: Int, isByDepth: Bool = false) {
        self.pointer = pointer
        self.stride = stride
        self.isByDepth = isByDepth
    }
}

extension Kernels {
    /// Computes `y = A · Bᵀ`, or adds it to `y`: A is rows × depth, B is columns × depth, either stored transposed.
    ///
    /// A row's result is the same bits whatever rows surround it.
    func product(
        rows: Int,
        depth: Int,
        columns: Int,
        _ left: ProductOperand,
        _ right: ProductOperand,
        into y: UnsafeMutablePointer<Float>,
        stride: Int,
        adding: Bool = false,
        scratch: FloatBuffer
    ) {
        precondition(scratch.count >= Self.productScratch(outputs: columns), "\(scratch.count) floats of scratch")
        var call = coldstart_matrix_product(
            rows: rows,
            depth: depth,
            x: left.pointer,
            ldx: left.stride,
            outputs: columns,
            w: right.pointer,
            ldw: right.stride,
            x_by_depth: left.isByDepth ? 1 : 0,
            w_by_depth: right.isByDepth ? 1 : 0,
            y: y,
            ldy: stride,
            accumulate: adding ? 1 : 0,
            scratch: scratch.pointer
        )
        table.pointee.matrix_product(&call)
    }

    /// The distance between rows of weights for so many places.
    static func weightStride(length: Int) -> Int { (length + 7) / 8 * 8 }

    /// Turns rows of scores into weights that sum to 1; see ``weightStride(length:)`` for the distance between rows.
    func softmax(
        _ scores: UnsafeMutablePointer<Float>,
        rows: Int,
        length: Int,
        bias: UnsafePointer<Float>? = nil,
        isCausal: Bool = false
    ) {
        let stride = Self.weightStride(length: length)
        table.pointee.softmax_rows(scores, stride, rows, length, bias, isCausal ? 1 : 0)
    }

    /// Returns Σ e^(value − largest).
    func exponentialSum(_ values: UnsafePointer<Float>, count: Int, largest: Float) -> Float {
        table.pointee.exponential_sum(values, count, largest)
    }

    /// Turns the gradients of softmax weights into those of their scores, in place.
    func softmaxBackward(
        _ weights: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        rows: Int,
        length: Int
    ) {
        table.pointee.softmax_backward(weights, gradient, Self.weightStride(length: length), rows, length)
    }

    /// Adds the gradient of a norm's input, given that of its output.
    func normaliseBackward(
        _ x: UnsafePointer<Float>,
        weight: FloatVector,
        gradient: UnsafePointer<Float>,
        addingTo result: UnsafeMutablePointer<Float>,
        rows: Int,
        epsilon: Float
    ) {
        table.pointee.rms_norm_backward(x, weight.pointer, gradient, result, rows, weight.count, epsilon)
    }
}
