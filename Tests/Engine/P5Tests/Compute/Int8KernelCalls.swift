import CKernels

@testable import P5

/// Rows in 8 bits.
struct QuantisedValues: Equatable {
    var bytes: [UInt8]
    var scales: [Float]
    var zeros: [Int32]
    let stride: Int
}

/// Packs weights; the arrays have places for whole panels.
func packed(_ w: [Float], outputs: Int, depth: Int) -> (weights: [Int8], scales: [Float], sums: [Int32]) {
    let padded = (outputs + Int8Weight.panel - 1) / Int8Weight.panel * Int8Weight.panel
    var weights = [Int8](repeating: 1, count: coldstart_int8_packed_size(outputs, depth))
    var scales = [Float](repeating: 0, count: padded)
    var sums = [Int32](repeating: 0, count: padded)
    coldstart_int8_pack(w, depth, outputs, depth, &weights, &scales, &sums)
    return (weights, scales, sums)
}

/// 8-bit kernels called with arrays.
extension coldstart_int8_kernels {
    /// Quantises rows.
    func quantised(_ x: [Float], rows: Int, width: Int) -> QuantisedValues {
        let stride = QuantisedRows.stride(depth: width)
        var result = QuantisedValues(
            bytes: [UInt8](repeating: 7, count: rows * stride),
            scales: [Float](repeating: 7, count: rows),
            zeros: [Int32](repeating: 7, count: rows),
            stride: stride
        )
        quantise_rows(x, width, rows, width, &result.bytes, stride, &result.scales, &result.zeros)
        return result
    }

    /// The sums of products of integers: x is rows × depth, w is outputs × depth, with 127 or −127 in every row of w or
    /// nothing else than 0.
    func sums(_ x: [UInt8], _ w: [Int8], shape: Int8KernelsTests.Shape) -> [Int32] {
        let (rows, outputs, depth) = (shape.rows, shape.outputs, shape.depth)
        let stride = QuantisedRows.stride(depth: depth)
        var bytes = [UInt8](repeating: 0, count: rows * stride)
        for row in 0..<rows {
            bytes.replaceSubrange(row * stride..<row * stride + depth, with: x[row * depth..<(row + 1) * depth])
        }
        let (weights, scales, rowSums) = packedIntegers(w, outputs: outputs, depth: depth)
        var sums = [Int32](repeating: 0x5555_5555, count: rows * outputs)
        let scratch = FloatBuffer(count: Kernels.int8Scratch(inputs: depth))
        bytes.withUnsafeBufferPointer { x in
            weights.withUnsafeBufferPointer { w in
                scales.withUnsafeBufferPointer { scales in
                    rowSums.withUnsafeBufferPointer { rowSums in
                        sums.withUnsafeMutableBufferPointer { sums in
                            var call = coldstart_int8_product()
                            (call.rows, call.depth, call.outputs) = (rows, depth, outputs)
                            (call.x, call.ldx) = (x.baseAddress, stride)
                            (call.w, call.w_scales, call.w_sums) = (
                                w.baseAddress, scales.baseAddress, rowSums.baseAddress
                            )
                            (call.sums, call.ldy) = (sums.baseAddress, outputs)
                            call.scratch = UnsafeMutableRawPointer(scratch.pointer)
                            product(&call)
                        }
                    }
                }
            }
        }
        withExtendedLifetime(scratch) {}
        return sums
    }
}

/// Packs integers by their definition: panels of 32 outputs, groups of four of the depth.
private func packedIntegers(
    _ w: [Int8],
    outputs: Int,
    depth: Int
) -> (weights: [Int8], scales: [Float], sums: [Int32]) {
    var weights = [Int8](repeating: 0, count: coldstart_int8_packed_size(outputs, depth))
    let padded = QuantisedRows.stride(depth: depth)
    var sums = [Int32](repeating: 0, count: (outputs + 31) / 32 * 32)
    for output in 0..<outputs {
        for k in 0..<depth {
            let value = w[output * depth + k]
            weights[output / 32 * 32 * padded + k / 4 * 128 + output % 32 * 4 + k % 4] = value
            sums[output] += Int32(value)
        }
    }
    return (weights, [Float](repeating: 1, count: sums.count), sums)
}
