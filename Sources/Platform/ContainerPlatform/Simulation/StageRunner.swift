/// The background stage of a simulated process: its delay, its work at the rate of the CPU there is, and its end.
struct StageRunner: Sendable {
    /// What came of the moment at which a stage was due.
    enum Step {
        /// Nothing that anybody sees.
        case goesOn
        /// It hangs from now on.
        case hangs(StageWork)
        /// It has ended.
        case ended(StageWork, failed: Bool, elapsed: Duration)
    }

    private enum Part {
        case delay
        case work
        case hung
    }

    /// A multiple of every stage's delay and work, in thousandths.
    let scale: Int64
    /// The moment at which the stage's delay, its work or its patience ends; never without a stage.
    private(set) var due = Duration.never
    private var stage: StageWork?
    private var part = Part.delay
    private var began = Duration.zero
    /// The work left, in nanoseconds of a thousandth of a vCPU.
    private var left: Int64 = 0
    /// The work done by all stages, in the same unit.
    private var used: Int64 = 0
    private var settled = Duration.zero
    private var rate: Int64 = 0
    private var millicores = 0

    /// Creates a runner without stage and without CPU.
    init(scale: Int64) { self.scale = scale }

    /// Whether a stage runs.
    var isBusy: Bool { stage != nil }

    /// The CPU time that all stages have used.
    var usedCPU: Duration { .nanoseconds(used / 1000) }

    /// Starts a stage.
    mutating func begin(_ work: StageWork, at moment: Duration) {
        stage = work
        began = moment
        settled = moment
        left = scaled(work.cpu) * 1000
        part = work.delay <= .zero ? .work : .delay
        schedule(at: moment)
    }

    /// Sets the CPU that there is from now on.
    mutating func setCPU(_ millicores: Int, at moment: Duration) {
        settle(at: moment)
        self.millicores = millicores
        schedule(at: moment)
    }

    /// Takes the moment at which the stage is due.
    mutating func reached(at moment: Duration) -> Step {
        guard let work = stage else { return .goesOn }
        if let failsAt = work.failsAt, failsAt <= moment { return end(work, failed: true, at: moment) }
        switch part {
        case .delay:
            part = .work
            settled = moment
            schedule(at: moment)
            return .goesOn
        case .work where work.fate == .hangs:
            settle(at: moment)
            part = .hung
            schedule(at: moment)
            return .hangs(work)
        case .work:
            return end(work, failed: work.fate == .fails, at: moment)
        case .hung:
            return .goesOn
        }
    }

    /// Abandons the stage, if one runs.
    mutating func drop(at moment: Duration) {
        settle(at: moment)
        stage = nil
        due = .never
    }

    private mutating func end(_ work: StageWork, failed: Bool, at moment: Duration) -> Step {
        drop(at: moment)
        return .ended(work, failed: failed, elapsed: moment - began)
    }

    /// Accounts for the work done since the last time.
    mutating func settle(at moment: Duration) {
        guard stage != nil, part == .work else { return }
        let done = min((moment - settled).nanosecondCount * rate, left)
        left -= done
        used += done
        settled = moment
    }

    /// Computes when the stage is next due.
    private mutating func schedule(at moment: Duration) {
        guard let stage else { return due = .never }
        switch part {
        case .delay:
            due = began + .nanoseconds(scaled(stage.delay))
        case .work:
            rate = Int64(min(millicores, max(stage.threads, 1) * 1000))
            if left == 0 {
                due = moment
            } else {
                due = rate == 0 ? .never : settled + .nanoseconds((left + rate - 1) / rate)
            }
        case .hung:
            due = .never
        }
        if let failsAt = stage.failsAt, failsAt < due { due = max(failsAt, moment) }
    }

    /// A duration in nanoseconds under the scale, at most about eleven days so that products with it fit.
    private func scaled(_ duration: Duration) -> Int64 {
        let most: Int64 = 1_000_000_000_000_000
        let plain = min(max(duration.nanosecondCount, 0), most)
        guard scale != 1000 else { return plain }
        return min(plain / 1000 * scale + plain % 1000 * scale / 1000, most)
    }
}
