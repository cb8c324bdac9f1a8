package import ContainerPlatform
package import Domain

/// Something that goes wrong at a stated moment.
package enum Fault: Hashable, Sendable {
    /// A stage of initialisation goes wrong.
    case stage(InitialisationStage, StageFault)
    /// P5 fails while it scores.
    ///
    /// `request` is the number of the planned request, from 1 in order of arrival; `nil` means every request.
    case scoring(message: String, request: Int?)
    /// The database connection is lost while a request writes.
    ///
    /// `request` is the number of the planned request, from 1 in order of arrival; `nil` means every request.
    case databaseGoesAway(request: Int?, at: WriteBoundary)
    /// The way to the database, or its server, goes wrong.
    case database(DatabaseFault)
    /// The service's process is killed, stopped, or has too little memory; only a real process can have this fault.
    case process(ProcessFault)
}

/// A fault of a real process.
package enum ProcessFault: Hashable, Sendable {
    /// Its whole group is killed with SIGKILL.
    case killed(FaultMoment)
    /// Its whole group is stopped, and continued after so long; `nil` means never.
    case stopped(FaultMoment, for: Duration?)
    /// Its whole group is killed once it holds more resident memory than this.
    case memoryLimit(bytes: Int)
}

/// When a fault strikes.
package enum FaultMoment: Hashable, Sendable {
    /// So long after the start of the instance.
    case time(Duration)
    /// When this stage of initialisation begins.
    case stage(InitialisationStage)
    /// When the service has this request, from 1 in order of arrival.
    case request(Int)
}

/// What goes wrong in a stage of initialisation.
package enum StageFault: Hashable, Sendable {
    /// The stage fails at its end with this message.
    case fails(String)
    /// The process ends by itself, so, at the end of the stage.
    case ends(ProcessExit)
    /// The stage never ends.
    case hangs
    /// The stage begins this much later and does nothing meanwhile.
    case delayed(Duration)
    /// It goes wrong so in the first lives of a container that is restarted, as many as this, and in no later one.
    indirect case inFirstLives(Int, StageFault)

    /// What goes wrong in a life of the container, from 1; `nil` where nothing does.
    package func inLife(_ life: Int) -> StageFault? {
        guard case .inFirstLives(let lives, let fault) = self else { return self }
        return life <= lives ? fault : nil
    }
}
