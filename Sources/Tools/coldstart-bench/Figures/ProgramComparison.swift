import P5

/// P5 beside another program that answers the same prompts, with the batch size that suits that program best.
struct ProgramComparison {
    /// What came out.
    struct Outcome {
        /// The times.
        let times: BatchSearch.Outcome
        /// Whether the texts are the same.
        let agreement: TextAgreement

        /// The best batch size of the other program.
        var batch: Int { times.batch }

        /// The figure.
        func figure(_ name: String, aim: Aim?) -> Figure {
            var figure = Figure(name, coldstart: times.coldstart, reference: times.best.other, aim: aim)
            figure.hasFailed = agreement.hasFailed
            figure.note = [times.best.note, times.note, agreement.note].compactMap(\.self).joined(separator: "; ")
            return figure
        }
    }

    /// The other program's name for people.
    let title: String
    /// What it is to do, but for the batch size.
    let work: ReferenceWork
    /// What runs it.
    let reference: PythonReference
    /// What both are given.
    let input: SecondStageInput
    /// Whether it rounds its weights, so that its texts may be others.
    var isInexact = false

    /// Creates a comparison.
    init(
        _ title: String,
        work: ReferenceWork,
        reference: PythonReference,
        input: SecondStageInput,
        isInexact: Bool = false
    ) {
        self.title = title
        self.work = work
        self.reference = reference
        self.input = input
        self.isInexact = isInexact
    }

    /// Measures both in turn.
    func measure(rounds: Int, own: () throws -> P5Reranker.Result) throws -> Outcome {
        var agreement = TextAgreement(with: title, isInexact: isInexact)
        let times = try BatchSearch(rounds: rounds)
            .measure(
                own: own,
                other: { batch in
                    var work = work
                    work.batch = batch
                    return try reference.call(work, as: ReferenceAnswer.self)
                },
                compare: { agreement.compare($0, $1.answers ?? [], input) }
            )
        return Outcome(times: times, agreement: agreement)
    }
}
