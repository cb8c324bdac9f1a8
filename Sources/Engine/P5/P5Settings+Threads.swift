package import Domain
import LinearAlgebra

extension P5Settings {
    /// The most threads that work at once: those asked for, or all that there are.
    package var threadCount: Int { threads ?? WorkerThreads.available }
}
