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
    ///
    /// - Parameters:
    ///   - port: The port that it is to listen on.
    ///   - earlier: What was seen of the memory of earlier lives.
    init(port: Int, earlierMemory earlier: Int? = nil) {
        self.port = port
        earlierMemory = earlier
    }

    private let earlierMemory: Int?

    /// The most that any life's start took, in bytes; `nil` where no start was seen to end.
    var memoryOfStarts: Int? { [peakMemory, earlierMemory].compactMap(\.self).max() }

    /// The most resident memory, in bytes, that one of its processes has held by the end of its start, or of its life before.
    private(set) var peakMemory: Int?

    /// Takes notice of the memory of a start that has ended, or ends now; further calls do nothing.
    mutating func noteMemory(of process: ServiceProcess) {
        guard peakMemory == nil else { return }
        peakMemory = process.members.compactMap { ProcessGroup.peakMemory(of: $0.id) }.max()
    }

    /// Finds out where a service listens that was never found listening.
    ///
    /// - Returns: What that explains, the first time.
    mutating func lookForSockets(of process: ServiceProcess) -> String? {
        guard misplaced == nil else { return nil }
        misplaced = MisplacedService(port: port, sockets: ListeningSockets.of(group: process.id))
        return misplaced?.explanation
    }
}
