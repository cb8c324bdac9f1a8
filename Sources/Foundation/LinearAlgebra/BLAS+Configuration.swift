import COpenBLAS

extension BLAS {
    /// The number of threads that an operation may use.
    package static var threads: Int {
        Int(openblas_get_num_threads())
    }

    /// Sets the number of threads that an operation may use, for the whole process.
    ///
    /// Call it before the first operation or while none is running: OpenBLAS rebuilds its pool.
    ///
    /// - Parameter count: The wanted threads; OpenBLAS itself caps them at what it was built for.
    /// - Precondition: `count` is at least 1.
    package static func setThreads(_ count: Int) {
        precondition(count >= 1, "\(count) threads")
        openblas_set_num_threads(Int32(clamping: count))
    }

    /// The processor family whose kernels OpenBLAS chose, for example `Zen`.
    package static var kernelName: String {
        openblas_get_corename().map { String(cString: $0) } ?? "unknown"
    }

    /// The version and build options of OpenBLAS in its own words.
    package static var configuration: String {
        openblas_get_config().map { String(cString: $0) } ?? "unknown"
    }
}
