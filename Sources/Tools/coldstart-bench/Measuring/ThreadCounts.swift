import Foundation
import LinearAlgebra

/// The threads of all that is measured.
struct ThreadCounts {
    /// The variables that libraries read their number of threads from.
    private static let variables = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]

    /// The variables as this process, and whatever it starts, has them.
    let environment: [String: String]
    /// The threads by program.
    let byProgram: [String: Int]

    /// Gives every library of this process's children the same number of threads.
    ///
    /// This process has loaded OpenBLAS by then, whose threads ``BLAS`` sets.
    static func export(_ threads: Int) {
        for variable in variables { setenv(variable, String(threads), 1) }
    }

    /// Looks at the environment.
    init(threads: Int, reference: ReferenceVersions?) {
        self.environment = ProcessInfo.processInfo.environment.filter { Self.variables.contains($0.key) }
        let own = ["Coldstart": threads, "OpenBLAS in Coldstart": BLAS.threads]
        self.byProgram = own.merging(reference?.threads ?? [:]) { $1 }
    }

    /// Both for people.
    var line: String {
        let set = Self.variables.map { "\($0)=\(environment[$0] ?? "")" }
        let programs = byProgram.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "threads: \(programs.joined(separator: ", ")); \(set.joined(separator: ", "))"
    }
}
