import Reports

/// The figures as a JSON document.
struct BenchReport: Encodable {
    /// One figure.
    struct Entry: Encodable {
        let name: String
        let unit: Figure.Unit
        let coldstart: Double
        let reference: Double?
        let ratio: Double?
        let coldstartCPUSeconds: Double?
        let referenceCPUSeconds: Double?
        let cpuRatio: Double?
        let aim: Double?
        let aimIsMet: Bool?
        let note: String?
    }

    /// The version of this document's form.
    let schemaVersion = 1
    /// What it was measured on, before the first run.
    let machine: Machine
    /// The threads that either side might use.
    let threads: Int
    /// The variables of the environment that say how many threads libraries use.
    let environment: [String: String]
    /// The threads that each program used, Coldstart among them.
    let threadsByProgram: [String: Int]
    /// How often each piece of work ran.
    let rounds: Int
    /// The versions of what the reference stands on, `null` where it did not run.
    let referenceVersions: [String: String]?
    /// The programs that are measured where they are installed, and were not, `null` where the reference did not run.
    let missingPrograms: [String]?
    /// The figures in the order of the table.
    let figures: [Entry]
    /// How time grows with sizes, `null` where that was not measured.
    let growth: [GrowthSeries]?
}

extension BenchReport.Entry {
    /// The entry of a figure.
    init(_ figure: Figure) {
        let aim: Double? =
            switch figure.aim {
            case nil: nil
            case .below(let limit), .atLeast(let limit), .timesReference(let limit): limit
            }
        self.init(
            name: figure.name,
            unit: figure.unit,
            coldstart: figure.coldstart,
            reference: figure.reference,
            ratio: figure.ratio,
            coldstartCPUSeconds: figure.coldstartCPU,
            referenceCPUSeconds: figure.referenceCPU,
            cpuRatio: figure.cpuRatio,
            aim: aim,
            aimIsMet: figure.isMet,
            note: figure.note
        )
    }
}
