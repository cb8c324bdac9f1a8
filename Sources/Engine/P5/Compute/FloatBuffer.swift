import LinearAlgebra

/// Working memory for one thread or one request: floats on the heap, aligned to a cache line and not initialised.
final class FloatBuffer {
    /// The first float.
    let pointer: UnsafeMutablePointer<Float>
    /// The number of floats.
    let count: Int

    /// Allocates room for floats.
    init(count: Int) {
        precondition(count >= 0, "\(count) floats")
        self.pointer = .allocateCacheAligned(capacity: max(count, 16))
        self.count = count
    }

    deinit {
        UnsafeMutableRawPointer(pointer).deallocate()
    }
}
