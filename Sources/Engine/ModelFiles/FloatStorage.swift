/// A run of 32-bit floats for the lifetime of a model, either in place in a mapped file or converted.
///
/// The pointer is valid as long as any copy of the storage is alive.
// Safe to share: the floats are written only before the storage is made, the pointer never changes, and `owner` keeps
// the memory until the last copy is gone: a `MappedFile` that maps it read-only, or an `OwnedFloats` that nobody else
// can reach.
package struct FloatStorage: @unchecked Sendable {
    /// The first float, aligned to 4 bytes.
    package let pointer: UnsafePointer<Float>
    /// The number of floats.
    package let count: Int
    /// Whether the floats are used in place in the file.
    package let isMapped: Bool

    private let owner: any AnyObject & Sendable

    /// Copies floats into storage of its own.
    ///
    /// - Complexity: O(*n*).
    package init(copying floats: [Float]) {
        self.init(count: floats.count) { target in
            _ = target.update(fromContentsOf: floats)
        }
    }

    /// Fills storage of its own, which holds zeros before.
    ///
    /// - Complexity: O(*n*).
    package init(count: Int, filledBy fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
        precondition(count >= 0, "\(count) floats")
        let owned = OwnedFloats(count: count)
        fill(owned.floats)
        self.pointer = UnsafePointer(owned.base)
        self.count = count
        self.isMapped = false
        self.owner = owned
    }

    /// Uses floats in place in a mapped file.
    ///
    /// - Precondition: The floats lie within the file and are aligned.
    init(mapping file: MappedFile, byteOffset: Int, count: Int) {
        precondition(count > 0 && byteOffset >= 0 && byteOffset + 4 * count <= file.count, "floats outside the file")
        guard let start = file.bytes.baseAddress.map({ $0 + byteOffset }) else {
            preconditionFailure("floats in an empty file")
        }
        precondition(UInt(bitPattern: start) % 4 == 0, "floats at an odd address")
        self.pointer = start.assumingMemoryBound(to: Float.self)
        self.count = count
        self.isMapped = true
        self.owner = file
    }

    /// Calls a function with the floats and keeps them alive meanwhile.
    package func withFloats<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(owner) {} }
        return try body(UnsafeBufferPointer(start: pointer, count: count))
    }
}

/// Floats on the heap, aligned to a cache line.
// Safe to share: written only by the initialiser of `FloatStorage` before anybody else has the reference.
private final class OwnedFloats: @unchecked Sendable {
    let base: UnsafeMutablePointer<Float>
    let count: Int

    var floats: UnsafeMutableBufferPointer<Float> { .init(start: base, count: count) }

    init(count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(byteCount: max(64, count * 4), alignment: 64)
        self.base = raw.initializeMemory(as: Float.self, repeating: 0, count: count)
        self.count = count
    }

    deinit {
        base.deallocate()
    }
}
