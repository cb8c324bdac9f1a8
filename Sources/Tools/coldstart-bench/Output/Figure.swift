/// One measured figure.
struct Figure {
    /// What a figure counts.
    enum Unit: String, Codable {
        /// Seconds, the fewer the better.
        case seconds
        /// Bytes, the fewer the better.
        case bytes
        /// Pieces of work a second, the more the better.
        case perSecond
        /// Floating-point operations a second, the more the better.
        case operationsPerSecond
        /// A share of a whole, from 0 to 1.
        case share
        /// Instructions that the processor runs, the fewer the better.
        case instructions

        /// Whether more is better.
        var isRate: Bool { self == .perSecond || self == .operationsPerSecond || self == .share }
    }

    /// What was measured.
    let name: String
    /// What it counts.
    let unit: Unit
    /// Coldstart's figure.
    let coldstart: Double
    /// The Python reference's figure, where it does the same.
    var reference: Double?
    /// Coldstart's processor time in seconds, where that says more than the time that passed.
    var coldstartCPU: Double?
    /// The reference's processor time in seconds.
    var referenceCPU: Double?
    /// What is to be reached.
    var aim: Aim?
    /// Whether the work itself went wrong, which no aim survives.
    var hasFailed = false
    /// What a reader should know about the figure.
    var note: String?

    /// How many times better Coldstart is than the reference.
    var ratio: Double? {
        reference.map { unit.isRate ? coldstart / $0 : $0 / coldstart }
    }

    /// The same by processor time, which a loaded machine disturbs less.
    var cpuRatio: Double? {
        guard let coldstartCPU, let referenceCPU, coldstartCPU > 0 else { return nil }
        return referenceCPU / coldstartCPU
    }

    /// Whether the aim is met; `nil` without an aim, or where its other side was not measured.
    var isMet: Bool? {
        switch aim {
        case nil: hasFailed ? false : nil
        case .some where hasFailed: false
        case .below(let limit): coldstart < limit
        case .atLeast(let limit): coldstart >= limit
        case .timesReference(let factor): ratio.map { $0 >= factor }
        }
    }
}

extension Figure {
    /// A figure from runs of both sides.
    init(_ name: String, coldstart: Series, reference: Series? = nil, aim: Aim? = nil, note: String? = nil) {
        self.init(
            name: name,
            unit: .seconds,
            coldstart: coldstart.seconds,
            reference: reference?.seconds,
            coldstartCPU: coldstart.cpu,
            referenceCPU: reference?.cpu,
            aim: aim,
            note: note
        )
    }
}
