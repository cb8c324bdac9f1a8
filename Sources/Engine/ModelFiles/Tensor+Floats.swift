extension Tensor {
    /// Whether the elements can be used as 32-bit floats where they are.
    package var isUsableInPlace: Bool {
        guard elementType == .float32, !isBigEndian, isContiguous, elementCount > 0, let base = file.bytes.baseAddress
        else {
            return false
        }
        return UInt(bitPattern: base + byteOffset) % 4 == 0 && Int(littleEndian: 1) == 1
    }

    /// Returns the elements as 32-bit floats for the lifetime of a model: in place where possible, else converted.
    ///
    /// - Throws: ``ModelFileError`` where the elements are not floating-point numbers.
    /// - Complexity: O(1) in place, else O(*n*).
    package func floatStorage() throws(ModelFileError) -> FloatStorage {
        if isUsableInPlace {
            return FloatStorage(mapping: file, byteOffset: byteOffset, count: elementCount)
        }
        try checkFloatingPoint()
        return FloatStorage(count: elementCount) { convert(into: $0) }
    }

    /// Returns the elements in row-major order as 32-bit floats, rounded to nearest where they were wider.
    ///
    /// - Throws: ``ModelFileError`` where the elements are not floating-point numbers.
    /// - Complexity: O(*n*).
    package func floats() throws(ModelFileError) -> [Float] {
        try checkFloatingPoint()
        return [Float](unsafeUninitializedCapacity: elementCount) { target, initialized in
            target.initialize(repeating: 0)
            convert(into: target)
            initialized = elementCount
        }
    }

    /// Calls a function with the elements in row-major order as 32-bit floats, without a copy where possible.
    ///
    /// - Throws: ``ModelFileError`` where the elements are not floating-point numbers.
    /// - Complexity: O(1) in place, else O(*n*), besides the function.
    package func withFloats<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) throws -> Result {
        try floatStorage().withFloats(body)
    }

    private func checkFloatingPoint() throws(ModelFileError) {
        guard elementType.isFloatingPoint else {
            throw ModelFileError(
                .unsupported,
                path: path,
                place: name.isEmpty ? "array" : "tensor \(quoted(name))",
                found: "elements of \(elementType)",
                expected: "float32, float64, float16 or bfloat16",
                fix: "convert the array to float32"
            )
        }
    }

    /// Writes the elements in row-major order; `target` holds `elementCount` floats.
    private func convert(into target: UnsafeMutableBufferPointer<Float>) {
        guard elementCount > 0 else { return }
        file.withBytes { bytes in
            // In range by the initialiser's proof.
            let elements = UnsafeRawBufferPointer(rebasing: bytes[byteOffset...])
            switch elementType {
            case .float32: gather(into: target) { Float(bitPattern: bits($0, of: elements)) }
            case .float64: gather(into: target) { Float(Double(bitPattern: bits($0, of: elements))) }
            case .float16: gather(into: target) { float(fromHalf: bits($0, of: elements)) }
            case .bfloat16: gather(into: target) { Float(bitPattern: UInt32(bits($0, of: elements) as UInt16) << 16) }
            default: preconditionFailure("elements of \(elementType) as floats")
            }
        }
    }

    /// The bits of an element in this machine's order.
    @inline(__always)
    func bits<Bits: FixedWidthInteger>(_ index: Int, of elements: UnsafeRawBufferPointer) -> Bits {
        let bits = elements.loadUnaligned(fromByteOffset: MemoryLayout<Bits>.size * index, as: Bits.self)
        return isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)
    }

    /// Walks the elements in row-major order, the last dimension in the inner loop.
    @inline(__always)
    private func gather(into target: UnsafeMutableBufferPointer<Float>, element: (Int) -> Float) {
        if isContiguous {
            for index in 0..<elementCount {
                target[index] = element(index)
            }
            return
        }
        // Not contiguous, so there is at least one dimension.
        let innerLength = shape[shape.count - 1]
        let innerStride = strides[strides.count - 1]
        var position = [Int](repeating: 0, count: shape.count - 1)
        var start = 0
        var written = 0
        while true {
            for inner in 0..<innerLength {
                target[written] = element(start + inner * innerStride)
                written += 1
            }
            var dimension = position.count - 1
            while dimension >= 0 {
                position[dimension] += 1
                start += strides[dimension]
                if position[dimension] < shape[dimension] { break }
                start -= strides[dimension] * shape[dimension]
                position[dimension] = 0
                dimension -= 1
            }
            if dimension < 0 { return }
        }
    }
}

/// Returns the value of an IEEE 754 binary16 number; every one of them is a 32-bit float.
///
/// Written out because the standard library's type for it is missing on some platforms.
package func float(fromHalf bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10) & 0x1f
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
        // Zero and the subnormal numbers: a multiple of 2^-24.
        let magnitude = Float(fraction) * 0x1p-24
        return sign == 0 ? magnitude : -magnitude
    case 0x1f:
        return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default:
        return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
}
