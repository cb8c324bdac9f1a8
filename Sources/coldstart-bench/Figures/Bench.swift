import ModelFiles

/// What all figures need: the files, the other side, and how often to measure.
struct Bench {
    /// The demo bundle.
    let bundle: BundlePaths
    /// The folder in which models are made on the spot and found again.
    let models: String
    /// The recorded sessions.
    let sessions: String
    /// The catalogue.
    let catalogue: String
    /// The tables of the database.
    let schema: String
    /// The threads that either side may use.
    let threads: Int
    /// How often each piece of work runs.
    let rounds: Int
    /// The other side, where it is there.
    let reference: PythonReference?

    /// Runs both sides in turn: each once uncounted, then once a round.
    ///
    /// - Parameters:
    ///   - work: Coldstart's side.
    ///   - referenceWork: The reference's side, timed by itself.
    /// - Returns: The timings of either side.
    /// - Throws: Whatever the work throws, and ``BenchError`` where the reference gives up.
    func alternate<Result>(
        _ work: () throws -> Result,
        against referenceWork: ReferenceWork
    ) throws -> (coldstart: Series, reference: Series?) {
        var coldstart = Series()
        var other = Series()
        for round in 0...rounds {
            let timing = try timed(work).timing
            let answer = try reference?.call(referenceWork, as: ReferenceAnswer.self)
            guard round > 0 else { continue }
            coldstart.add(timing)
            if let answer { other.add(answer.timing) }
        }
        return (coldstart, reference == nil ? nil : other)
    }
}

/// Says how many answers of the two sides differ, `nil` where none does.
func disagreement(_ coldstart: [String], _ reference: [String]?) -> String? {
    guard let reference else { return nil }
    guard coldstart.count == reference.count else {
        return "\(coldstart.count) answers, the reference gave \(reference.count)"
    }
    let differing = zip(coldstart, reference).count { $0 != $1 }
    return differing == 0 ? nil : "\(differing) of \(coldstart.count) answers differ from the reference's"
}
