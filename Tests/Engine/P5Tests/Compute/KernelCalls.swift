import CKernels

@testable import P5

/// Kernels called with arrays.
extension coldstart_kernels {
    /// Computes `y = x · Wᵀ`, or adds it to `y`.
    func multiply(
        _ x: [Float],
        rows: Int,
        _ w: [Float],
        outputs: Int,
        depth: Int,
        into y: inout [Float],
        adding: Bool = false
    ) {
        let scratch = FloatBuffer(count: Kernels.productScratch(outputs: outputs))
        x.withUnsafeBufferPointer { x in
            w.withUnsafeBufferPointer { w in
                y.withUnsafeMutableBufferPointer { y in
                    var call = coldstart_matrix_product(
                        rows: rows,
                        depth: depth,
                        x: x.baseAddress,
                        ldx: depth,
                        outputs: outputs,
                        w: w.baseAddress,
                        ldw: depth,
                        x_by_depth: 0,
                        w_by_depth: 0,
                        y: y.baseAddress,
                        ldy: outputs,
                        accumulate: adding ? 1 : 0,
                        scratch: scratch.pointer
                    )
                    matrix_product(&call)
                }
            }
        }
        withExtendedLifetime(scratch) {}
    }

    /// Returns the attention of one sequence, written over the queries as the encoder does it; `bias` has for each head
    /// the values from the farthest key before a query to the farthest behind it, 2 × length − 1 of them.
    func attention(
        _ q: [Float],
        _ k: [Float],
        _ v: [Float],
        bias: [Float],
        length: Int,
        heads: Int,
        width: Int
    ) -> [Float] {
        let inner = heads * width
        var found = q
        let scratch = FloatBuffer(count: Kernels.selfAttentionScratch(length: length, headWidth: width))
        bias.withUnsafeBufferPointer { bias in
            k.withUnsafeBufferPointer { k in
                v.withUnsafeBufferPointer { v in
                    found.withUnsafeMutableBufferPointer { found in
                        var call = coldstart_self_attention(
                            length: length,
                            heads: heads,
                            head_width: width,
                            q: found.baseAddress,
                            k: k.baseAddress,
                            v: v.baseAddress,
                            ldq: inner,
                            ldk: inner,
                            ldv: inner,
                            bias: bias.baseAddress.map { $0 + length - 1 },
                            bias_stride: 2 * length - 1,
                            out: found.baseAddress,
                            ldout: inner,
                            scratch: scratch.pointer
                        )
                        self_attention(&call)
                    }
                }
            }
        }
        withExtendedLifetime(scratch) {}
        return found
    }
}
