import CKernels

extension Kernels {
    /// The floats of scratch memory that ``multiply(_:rows:weight:into:resultStride:adding:scratch:)`` needs for so many outputs.
    static func productScratch(outputs: Int) -> Int {
        coldstart_matrix_product_scratch(outputs)
    }

    /// Computes `y = x · Wᵀ`, or adds it to `y`, for many rows that lie without gaps; those of `y` are `resultStride` apart.
    ///
    /// A row's result is the same bits wherever the row stands and whatever rows surround it. OpenBLAS does not promise
    /// that: on AVX2 processors the last bits of its `sgemm` depend on a row's place within each dozen.
    func multiply(
        _ x: UnsafePointer<Float>,
        rows: Int,
        weight: LinearSlice,
        into y: UnsafeMutablePointer<Float>,
        resultStride: Int,
        adding: Bool = false,
        scratch: FloatBuffer
    ) {
        precondition(
            scratch.count >= Self.productScratch(outputs: weight.outputs),
            "\(scratch.count) floats of scratch"
        )
        var call = coldstart_matrix_product(
            rows: rows,
            depth: weight.inputs,
            x: x,
            ldx: weight.inputs,
            outputs: weight.outputs,
            w: weight.pointer,
            ldw: weight.inputs,
            x_by_depth: 0,
            w_by_depth: 0,
            y: y,
            ldy: resultStride,
            accumulate: adding ? 1 : 0,
            scratch: scratch.pointer
        )
        table.pointee.matrix_product(&call)
    }

    /// Applies a feed-forward layer's activation: ReLU, or GELU times the gate.
    func activate(_ inner: UnsafeMutablePointer<Float>, gatedBy gate: UnsafePointer<Float>?, count: Int) {
        if let gate {
            table.pointee.gated_gelu(inner, gate, count)
        } else {
            table.pointee.relu(inner, count)
        }
    }

    /// The floats of scratch memory that ``attend(heads:q:k:v:into:length:configuration:positions:scratch:)`` needs.
    static func selfAttentionScratch(length: Int, headWidth: Int) -> Int {
        coldstart_self_attention_scratch(length, headWidth)
    }

    /// Bidirectional attention of some heads of one prompt; rows are the attention's width apart, and the result may be
    /// `q`.
    func attend(
        heads: Range<Int>,
        q: UnsafePointer<Float>,
        k: UnsafePointer<Float>,
        v: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>,
        length: Int,
        configuration: T5Configuration,
        positions: RelativePositionBias,
        scratch: FloatBuffer
    ) {
        let width = configuration.attentionWidth
        let first = heads.lowerBound * configuration.headWidth
        var call = coldstart_self_attention(
            length: length,
            heads: heads.count,
            head_width: configuration.headWidth,
            q: q + first,
            k: k + first,
            v: v + first,
            ldq: width,
            ldk: width,
            ldv: width,
            bias: positions.centre + heads.lowerBound * positions.stride,
            bias_stride: positions.stride,
            out: result + first,
            ldout: width,
            scratch: scratch.pointer
        )
        table.pointee.self_attention(&call)
    }

    /// Attention of one new position over the cached ones, itself the newest.
    func attendToSteps(
        q: UnsafePointer<Float>,
        keys: UnsafePointer<Float>,
        values: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>,
        length: Int,
        configuration: T5Configuration,
        positions: RelativePositionBias,
        scratch: FloatBuffer
    ) {
        table.pointee.step_attention(
            q,
            keys,
            values,
            configuration.attentionWidth,
            length,
            configuration.headCount,
            configuration.headWidth,
            positions.centre,
            positions.stride,
            result,
            scratch.pointer
        )
    }

    /// The floats of scratch memory that ``projectTransposed(_:stride:rows:weight:into:resultStride:scratch:)`` needs.
    static func projectTransposedScratch(headWidth: Int) -> Int { headWidth * 16 }

    /// Computes `y = x · W`, such as a head's queries times its key projection.
    func projectTransposed(
        _ x: UnsafePointer<Float>,
        stride: Int,
        rows: Int,
        weight: LinearSlice,
        into y: UnsafeMutablePointer<Float>,
        resultStride: Int,
        scratch: FloatBuffer
    ) {
        table.pointee.product_rows(
            x,
            stride,
            rows,
            weight.pointer,
            weight.inputs,
            weight.outputs,
            weight.inputs,
            y,
            resultStride,
            scratch.pointer
        )
    }

    /// Attention of one query a head, times the key projection, over the encoder's states of one prompt, for some heads.
    func attendToStates(
        heads: Range<Int>,
        queries: UnsafePointer<Float>,
        states: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>,
        length: Int,
        configuration: T5Configuration,
        scratch: FloatBuffer
    ) {
        let width = configuration.modelWidth
        var call = coldstart_cross_attention(
            length: length,
            heads: heads.count,
            width: width,
            states: states,
            ldstates: width,
            queries: queries + heads.lowerBound * width,
            ldqueries: width,
            out: result + heads.lowerBound * width,
            ldout: width,
            scratch: scratch.pointer
        )
        table.pointee.cross_attention(&call)
    }

    /// Returns the largest value with its lowest index, and the next largest.
    func topTwo(_ values: UnsafePointer<Float>, count: Int) -> coldstart_top_two {
        table.pointee.top_two(values, count)
    }
}
