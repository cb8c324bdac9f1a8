/// Where an instance stands in its life.
enum InstancePhase {
    case starting
    case serving
    case stopping
    case ended
}

/// The background stage that runs.
///
/// Not nested in ``InstanceRun``: a type inside a generic one costs a look-up of its metadata at every use.
struct RunningStage {
    /// What the stage is at.
    enum Step {
        case delay
        case work
        case hung
    }

    var work: StageWork
    var began: Duration
    var step: Step
}
