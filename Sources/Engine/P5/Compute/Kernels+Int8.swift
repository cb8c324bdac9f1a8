import CKernels

extension Kernels {
    /// The floats of scratch memory that a product in 8 bits needs for so many inputs.
    static func int8Scratch(inputs: Int) -> Int {
        (coldstart_int8_scratch(inputs) + MemoryLayout<Float>.stride - 1) / MemoryLayout<Float>.stride
    }

    /// Quantises some of the rows that lie without gaps.
    func quantise(_ x: UnsafePointer<Float>, rows: Range<Int>, depth: Int, into quantised: QuantisedRows) {
        precondition(
            rows.upperBound <= quantised.rows && depth <= quantised.depth,
            "rows \(rows) of \(quantised.rows), depth \(depth) of \(quantised.depth)"
        )
        let stride = QuantisedRows.stride(depth: depth)
        int8.pointee.quantise_rows(
            x + rows.lowerBound * depth,
            depth,
            rows.count,
            depth,
            quantised.bytes + rows.lowerBound * stride,
            stride,
            quantised.scales + rows.lowerBound,
            quantised.zeros + rows.lowerBound
        )
    }

    /// Computes some outputs of a product in 8 bits, or adds them.
    ///
    /// - Precondition: The outputs begin at a multiple of ``Int8Weight/panel``.
    func multiply(
        _ x: QuantisedRows,
        rows: Int,
        weight: Int8Weight,
        outputs: Range<Int>,
        into y: UnsafeMutablePointer<Float>,
        adding: Bool,
        scratch: FloatBuffer
    ) {
        precondition(outputs.lowerBound % Int8Weight.panel == 0, "outputs \(outputs)")
        precondition(scratch.count >= Self.int8Scratch(inputs: weight.inputs), "\(scratch.count) floats of scratch")
        let stride = QuantisedRows.stride(depth: weight.inputs)
        var call = coldstart_int8_product(
            rows: rows,
            depth: weight.inputs,
            outputs: outputs.count,
            x: x.bytes,
            ldx: stride,
            x_scales: x.scales,
            x_zeros: x.zeros,
            w: weight.packed + outputs.lowerBound * stride,
            w_scales: weight.scales + outputs.lowerBound,
            w_sums: weight.sums + outputs.lowerBound,
            y: y + outputs.lowerBound,
            ldy: weight.outputs,
            accumulate: adding ? 1 : 0,
            sums: nil,
            scratch: UnsafeMutableRawPointer(scratch.pointer)
        )
        int8.pointee.product(&call)
    }
}
