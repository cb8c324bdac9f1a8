import ArgumentParser
import Dispatch
import Foundation

/// The program.
@main
enum Main {
    /// Does a workload at once, and everything else as an asynchronous command.
    ///
    /// An asynchronous main function hands the main thread over to Dispatch, which callgrind does not survive.
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.contains("--only-workload") {
            do {
                try BenchCommand.parse(Array(arguments)).runWorkload()
            } catch {
                BenchCommand.exit(withError: error)
            }
            return
        }
        Task {
            await BenchCommand.main()
            exit(0)
        }
        dispatchMain()
    }
}
