extension Tensor {
    /// Returns the place, in row-major order, of the first NaN or infinity; `nil` where all elements are finite numbers, or
    /// whole numbers.
    ///
    /// The stored bits are looked at, not converted: a number is not finite where all bits of its exponent are set.
    ///
    /// - Complexity: O(*n*); the loop over blocks has no branch, so that it is done several elements at a time.
    package func firstElementThatIsNotFinite() -> Int? {
        guard elementCount > 0 else { return nil }
        return file.withBytes { bytes in
            // In range by the initialiser's proof.
            let elements = UnsafeRawBufferPointer(rebasing: bytes[byteOffset...])
            switch elementType {
            case .float32: return first(in: elements, exponent: UInt32(0x7f80_0000))
            case .float64: return first(in: elements, exponent: UInt64(0x7ff0_0000_0000_0000))
            case .float16: return first(in: elements, exponent: UInt16(0x7c00))
            case .bfloat16: return first(in: elements, exponent: UInt16(0x7f80))
            // Whole numbers, and types that no weight can be of.
            default: return nil
            }
        }
    }

    @inline(__always)
    private func first<Bits: FixedWidthInteger & UnsignedInteger>(
        in elements: UnsafeRawBufferPointer,
        exponent: Bits
    ) -> Int? {
        func isNotFinite(_ index: Int) -> Bool {
            // `index` is a place in the storage.
            bits(index, of: elements) & exponent == exponent
        }
        guard isContiguous else { return (0..<elementCount).first { isNotFinite(storageIndex(of: $0)) } }
        guard let base = elements.baseAddress else { return nil }
        let block = 4_096
        for start in stride(from: 0, to: elementCount, by: block) {
            let end = min(start + block, elementCount)
            // The largest exponent tells, without a branch for each element.
            var largest: Bits = 0
            for index in start..<end {
                let bits = base.loadUnaligned(fromByteOffset: index &* MemoryLayout<Bits>.size, as: Bits.self)
                largest = max(largest, (isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)) & exponent)
            }
            if largest == exponent { return (start..<end).first(where: isNotFinite) }
        }
        return nil
    }

    /// The place in the storage of an element.
    private func storageIndex(of element: Int) -> Int {
        var rest = element
        var index = 0
        for (length, stride) in zip(shape, strides).reversed() {
            index += rest % length * stride
            rest /= length
        }
        return index
    }
}
