/// Returns the inner product of two vectors.
///
/// Eight sums run side by side, then the rest one by one: the same order, so the same bits, on every processor.
///
/// - Complexity: O(`count`).
func innerProduct(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, count: Int) -> Double {
    var sums = SIMD8<Double>()
    var index = 0
    while index + 8 <= count {
        sums += load(left + index, as: SIMD8<Double>.self) * load(right + index, as: SIMD8<Double>.self)
        index += 8
    }
    var sum = (sums.lowHalf + sums.highHalf).sum()
    while index < count {
        sum += left[index] * right[index]
        index += 1
    }
    return sum
}

/// Returns the inner product of a 32-bit and a 64-bit vector in double precision, summed in the same order.
///
/// - Complexity: O(`count`).
func innerProduct(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Double>, count: Int) -> Double {
    var sums = SIMD8<Double>()
    var index = 0
    while index + 8 <= count {
        sums += SIMD8<Double>(load(left + index, as: SIMD8<Float>.self)) * load(right + index, as: SIMD8<Double>.self)
        index += 8
    }
    var sum = (sums.lowHalf + sums.highHalf).sum()
    while index < count {
        sum += Double(left[index]) * right[index]
        index += 1
    }
    return sum
}

@inline(__always)
private func load<Element, Vector: BitwiseCopyable>(_ pointer: UnsafePointer<Element>, as type: Vector.Type) -> Vector {
    UnsafeRawPointer(pointer).loadUnaligned(as: type)
}
