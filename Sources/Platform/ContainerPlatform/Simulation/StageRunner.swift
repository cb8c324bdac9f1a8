/// The background stage of a simulated process: its delay, its work at the rate of the CPU there is, and its end.
struct StageRunner: Sendable {
    /// What came of the moment at which a stage was due.
    enum Step {
        /// Nothing that anybody sees.
        case goesOn
        /// It hangs from now on.
        case hangs
        /// It has finished.
        case finishes
        /// It has failed.
        case fails
    }

    private enum Part {
        case none
        case delay
        case work
        case hung
    }

    /// The moment at which the stage's delay, its work or its patience ends; never without a stage.
    private(set) var due = Duration.never
    /// The stage's name, and that of the last one where none runs.
    private(set) var name = ""
    /// When the stage began.
    private(set) var began = Duration.zero
    private var part = Part.none
    private var ending = StageWork.Ending.finishes
    private var failsAt = Duration.never
    /// The most CPU that the stage can use, and what there is, in thousandths of a vCPU.
    private var most: Int64 = 0
    private var millicores: Int64 = 0
    /// The work left, in nanoseconds of a thousandth of a vCPU.
    private var left: Int64 = 0
    /// The work done by all stages, in the same unit.
    private var used: Int64 = 0
    /// What had been done when the stage began.
    private var usedBefore: Int64 = 0
    /// The moment up to which the work done is accounted for, and the end of a delay before the work begins.
    private var settled = Duration.zero
    private let scale: Int64

    /// Creates a runner without stage and without CPU.
    ///
    /// - Parameter scale: A multiple of every stage's delay and work, in thousandths.
    init(scale: Int64) { self.scale = scale }

    /// Whether a stage runs.
    var isBusy: Bool { part != .none }

    /// The CPU time that all stages have used.
    var usedCPU: Duration { .nanoseconds(used / 1000) }

    /// The CPU time that the stage has used, or the last one where none runs.
    var ownCPU: Duration { .nanoseconds((used - usedBefore) / 1000) }

    /// Starts a stage.
    mutating func begin(_ work: StageWork, at moment: Duration) {
        name = work.name
        usedBefore = used
        began = moment
        ending = work.ending
        failsAt = work.failsAt ?? .never
        most = Int64(max(work.threads, 1)) * 1000
        left = scaled(work.cpu) * 1000
        let isDelayed = work.delay > .zero
        part = isDelayed ? .delay : .work
        settled = isDelayed ? moment + .nanoseconds(scaled(work.delay)) : moment
        schedule(at: moment)
    }

    /// Sets the CPU that there is from now on.
    mutating func setCPU(_ millicores: Int, at moment: Duration) {
        settle(at: moment)
        self.millicores = Int64(millicores)
        schedule(at: moment)
    }

    /// Takes the moment at which the stage is due.
    mutating func reached(at moment: Duration) -> Step {
        if failsAt <= moment { return end(.fails, at: moment) }
        switch part {
        case .none, .hung:
            return .goesOn
        case .delay:
            part = .work
            schedule(at: moment)
            return .goesOn
        case .work:
            // Its moment is the one at which no work is left.
            used += left
            left = 0
            switch ending {
            case .finishes: return end(.finishes, at: moment)
            case .fails: return end(.fails, at: moment)
            case .hangs:
                settle(at: moment)
                part = .hung
                schedule(at: moment)
                return .hangs
            }
        }
    }

    /// Accounts for the work done since the last time.
    mutating func settle(at moment: Duration) {
        guard part == .work, left > 0 else { return }
        let done = min((moment - settled).wholeNanoseconds * min(millicores, most), left)
        left -= done
        used += done
        settled = moment
    }

    /// Abandons the stage, if one runs.
    mutating func drop(at moment: Duration) {
        settle(at: moment)
        part = .none
        failsAt = .never
        due = .never
    }

    private mutating func end(_ step: Step, at moment: Duration) -> Step {
        drop(at: moment)
        return step
    }

    /// Computes when the stage is next due.
    private mutating func schedule(at moment: Duration) {
        let rate = min(millicores, most)
        switch part {
        case .none, .hung: due = .never
        case .delay: due = settled
        case .work where left == 0: due = moment
        case .work: due = rate == 0 ? .never : settled + .nanoseconds((left + rate - 1) / rate)
        }
        if failsAt < due { due = max(failsAt, moment) }
    }

    /// A duration in nanoseconds under the scale, at most about eleven days so that products with it fit.
    private func scaled(_ duration: Duration) -> Int64 {
        let most: Int64 = 1_000_000_000_000_000
        let plain = min(max(duration.wholeNanoseconds, 0), most)
        guard scale != 1000 else { return plain }
        return min(plain / 1000 * scale + plain % 1000 * scale / 1000, most)
    }
}
