/// Working memory that one round of work after the other takes in the same order, so that pages are faulted in once.
///
/// Not for use by several threads at once.
final class ReusedBuffers {
    private var buffers: [FloatBuffer] = []
    private var taken = 0

    /// Starts a round: what was taken before is handed out again.
    func startOver() { taken = 0 }

    /// Returns a buffer of at least so many floats, which hold anything.
    func take(count: Int) -> FloatBuffer {
        defer { taken += 1 }
        if taken == buffers.count {
            buffers.append(FloatBuffer(count: count))
        } else if buffers[taken].count < count {
            buffers[taken] = FloatBuffer(count: count)
        }
        return buffers[taken]
    }
}
