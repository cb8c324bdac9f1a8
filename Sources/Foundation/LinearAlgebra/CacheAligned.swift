extension UnsafeMutablePointer<Float> {
    /// Allocates floats that are not initialised, from a multiple of 64 bytes on, the length of a cache line.
    ///
    /// - Precondition: `capacity` is not negative.
    package static func allocateCacheAligned(capacity: Int) -> UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer
            .allocate(byteCount: capacity * MemoryLayout<Float>.stride, alignment: 64)
            .bindMemory(to: Float.self, capacity: capacity)
    }
}
