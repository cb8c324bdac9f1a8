import ContainerPlatform
import Observations

/// What is seen of a process beside its sockets: how it ends, and where it listens if not where it should.
struct ProcessEnd {
    /// The port that it is to listen on.
    let port: Int
    /// What it does from SIGTERM on.
    var termination = TerminationWatch()
    /// Where it listens, if it was never found at its port.
    private(set) var misplaced: MisplacedService?

    /// Creates the end of a process that runs.
    init(port: Int) { self.port = port }

    /// Finds out where a service listens that was never found listening.
    ///
    /// - Returns: What that explains, the first time.
    mutating func lookForSockets(of process: ServiceProcess) -> String? {
        guard misplaced == nil else { return nil }
        misplaced = MisplacedService(port: port, sockets: ListeningSockets.of(group: process.id))
        return misplaced?.explanation
    }
}
