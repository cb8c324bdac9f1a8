import CKernels

/// A linear layer's weights in 8 bits, packed for products: each output has a scale of its own.
// Safe to share: the memory is written by the initialiser alone.
final class Int8Weight: @unchecked Sendable {
    /// The outputs of a packed panel: parts of a product begin at multiples of it.
    static let panel = Int(COLDSTART_INT8_PANEL)

    let outputs: Int
    let inputs: Int
    /// Panels of ``panel`` outputs, inputs rounded up to 4; see `Int8.h`.
    let packed: UnsafePointer<Int8>
    /// What an integer of an output is worth.
    let scales: UnsafePointer<Float>
    /// The sum of an output's integers.
    let sums: UnsafePointer<Int32>
    /// The bytes of all of it.
    let byteCount: Int

    /// Whether a layer's sums fit 32 bits.
    static func fits(_ weight: LinearWeight) -> Bool { weight.inputs <= Int(COLDSTART_INT8_MOST_DEPTH) }

    /// Quantises and packs.
    ///
    /// - Precondition: The weight ``fits(_:)``.
    /// - Complexity: O(outputs · inputs).
    init(_ weight: LinearWeight) {
        precondition(Self.fits(weight), "\(weight.inputs) inputs")
        let size = coldstart_int8_packed_size(weight.outputs, weight.inputs)
        let padded = (weight.outputs + Self.panel - 1) / Self.panel * Self.panel
        let packed = UnsafeMutableRawPointer.allocate(byteCount: max(size, 1), alignment: 64)
            .bindMemory(to: Int8.self, capacity: size)
        let scales = UnsafeMutablePointer<Float>.allocate(capacity: padded)
        let sums = UnsafeMutablePointer<Int32>.allocate(capacity: padded)
        scales.initialize(repeating: 0, count: padded)
        sums.initialize(repeating: 0, count: padded)
        coldstart_int8_pack(weight.pointer, weight.inputs, weight.outputs, weight.inputs, packed, scales, sums)
        self.outputs = weight.outputs
        self.inputs = weight.inputs
        self.packed = UnsafePointer(packed)
        self.scales = UnsafePointer(scales)
        self.sums = UnsafePointer(sums)
        self.byteCount = size + padded * (MemoryLayout<Float>.stride + MemoryLayout<Int32>.stride)
    }

    deinit {
        UnsafeMutableRawPointer(mutating: packed).deallocate()
        scales.deallocate()
        sums.deallocate()
    }
}
