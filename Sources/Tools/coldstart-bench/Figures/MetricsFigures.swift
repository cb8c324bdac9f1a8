import LinearAlgebra
import RankingMetrics
import Synchronization

/// The metrics of rankings in memory, beside the programs that people compute them with.
///
/// The programs use one thread, and so does Coldstart beside them; but ranx evaluates on all threads, and is matched.
struct MetricsFigures {
    private static let persistence = 0.9
    private static let permutations = 1_000
    /// The sessions that a thread judges at a time.
    private static let block = 1_000

    /// The threads that ranx may use.
    let threads: Int
    /// How often each piece of work runs.
    let rounds: Int
    /// `golden/reference/metric_bench.py`, where its programs are there.
    let reference: PythonReference?
    /// The folder for the rankings that the reference reads.
    let folder: String

    private let input = MetricsInput()
    private let effectiveness: [MetricName]
    /// What the reference stands on.
    private let standing: ReferenceVersions?

    /// Creates the figures.
    ///
    /// - Throws: ``BenchError`` where the reference gives up.
    init(rounds: Int, threads: Int, reference: PythonReference?, folder: String) throws {
        self.threads = threads
        self.rounds = rounds
        self.reference = reference
        self.folder = folder
        standing = try reference?.call(ReferenceWork("versions"), as: ReferenceVersions.self)
        effectiveness = try ["nDCG@10", "RR", "R@10", "AP"].map { try MetricName($0) }
    }

    /// Measures all of them.
    ///
    /// - Returns: The figures, failed where results do not agree.
    /// - Throws: ``BenchError`` where the reference gives up, and the errors of the system.
    func measure() throws -> [Figure] {
        if let reference {
            try input.write(to: folder)
            _ = try reference.call(ReferenceWork("metrics_open", path: folder), as: ReferenceAnswer.self)
        }
        let names = effectiveness.map(\.description).joined(separator: ", ")
        return [
            try figure(names, beside: "ir-measures", aim: .besideIRMeasures) { judge(threads: 1) },
            try figure(names, beside: "ranx", threads: threads, aim: .besideRanx) { judge(threads: threads) },
            try figure("tau-b and all other agreement", beside: "tau", called: "scipy", aim: .besideSciPy) {
                [compare().tauB]
            },
            try figure("RBO and all other agreement", beside: "rbo", aim: .besideRBO) { [compare().rbo] },
            try randomisation(),
        ]
    }

    /// Takes the time of a piece of work and of the same by another program.
    ///
    /// - Parameters:
    ///   - title: What is computed.
    ///   - program: The reference's name for its work.
    ///   - called: The name of the program, where that is another.
    ///   - threads: The threads of Coldstart's side.
    ///   - aim: What is to be reached.
    ///   - isClose: Whether two results agree.
    ///   - work: Coldstart's side.
    /// - Returns: The figure, failed where results do not agree.
    /// - Throws: ``BenchError`` where the reference gives up.
    private func figure(
        _ title: String,
        beside program: String,
        called: String? = nil,
        threads: Int = 1,
        aim: Aim,
        isClose: (Double, Double) -> Bool = { abs($0 - $1) <= 1e-9 * max(1, abs($1)) },
        _ work: () -> [Double]
    ) throws -> Figure {
        var order = ReferenceWork("metrics")
        order.name = program
        var (coldstart, pairs) = (Series(), PairedRuns())
        var differing = 0
        // The first round warms both sides up and does not count; its results are compared.
        for round in 0...rounds {
            let run = timed(work)
            let answer = try reference?.call(order, as: ReferenceAnswer.self)
            if let answer {
                let theirs = (answer.answers ?? []).compactMap(Double.init)
                let agreeing = zip(run.result, theirs).count { isClose($0, $1) }
                differing = max(differing, max(run.result.count, theirs.count) - agreeing)
            }
            guard round > 0 else { continue }
            coldstart.add(run.timing)
            if let answer { pairs.add(run.timing, answer.timing) }
        }
        let name = called ?? program
        let agreement = differing == 0 ? "all results are \(name)'s" : "\(differing) results are not \(name)'s"
        let version = standing?.versions[name].map { "\(name) \($0)" }
        let notes = [threads == 1 ? "one thread" : "\(threads) threads", version, pairs.note, agreement]
        let size = "2 × \(Quantity.grouped(Double(MetricsInput.sessions))) × \(MetricsInput.places)"
        var figure = Figure(
            "\(title), \(size)" + (reference == nil ? "" : ", beside \(name)"),
            coldstart: coldstart,
            reference: reference == nil ? nil : pairs.other,
            aim: aim,
            note: reference == nil ? nil : notes.compactMap(\.self).joined(separator: "; ")
        )
        figure.hasFailed = differing > 0
        return figure
    }

    /// The test of three metrics, from the values of all sessions.
    private func randomisation() throws -> Figure {
        let values = values(threads: threads)
        let differences = zip(values.old, values.new).prefix(3).map { zip($0, $1).map { $1 - $0 } }
        let test = PairedRandomisation(permutations: Self.permutations, seed: 42)
        // Two samples of the same distribution: five standard deviations of their difference.
        func isClose(_ left: Double, _ right: Double) -> Bool {
            let variance = max(left * (1 - left), right * (1 - right)) / Double(Self.permutations)
            return abs(left - right) <= 5 * (2 * variance).squareRoot() + 2 / Double(Self.permutations)
        }
        return try figure(
            "randomisation test, 1,000 permutations, 3 metrics",
            beside: "randomisation",
            called: "ranx",
            aim: .besideRanxTest,
            isClose: isClose
        ) {
            test.pValues(differences).compactMap(\.self)
        }
    }

    /// The means of all metrics, those of the old run first.
    private func judge(threads: Int) -> [Double] {
        let values = values(threads: threads)
        return (values.old + values.new).map { $0.reduce(0, +) / Double($0.count) }
    }

    /// By metric, by session: the values of either run; 0 where no movie is relevant, as the others have it.
    private func values(threads: Int) -> (old: [[Double]], new: [[Double]]) {
        let blocks = MetricsInput.sessions / Self.block
        let found = Mutex([[Double]](repeating: [], count: blocks))
        WorkerThreads.run(units: blocks, threads: threads) { unit, _ in
            let values = values(from: unit * Self.block)
            found.withLock { $0[unit] = values }
        }
        let all = found.withLock(\.self)
        func column(_ index: Int) -> [Double] {
            all.flatMap { $0[index * Self.block..<(index + 1) * Self.block] }
        }
        let metrics = effectiveness.indices
        return (metrics.map(column), metrics.map { column(metrics.count + $0) })
    }

    /// The values of a block of sessions: all of the first metric of the old run, then of the next, then of the new run.
    private func values(from first: Int) -> [Double] {
        let workspace = EffectivenessWorkspace(movies: MetricsInput.movies, missing: .zero)
        var values = Array(repeating: 0.0, count: 2 * effectiveness.count * Self.block)
        for row in 0..<Self.block {
            let (relevant, gains) = (input.relevant[first + row], input.gains[first + row])
            let (old, new) = (input.old[first + row], input.new[first + row])
            workspace.load(relevant: relevant.span, gains: gains.span)
            workspace.judge(old.span)
            for (metric, name) in effectiveness.enumerated() {
                values[metric * Self.block + row] = workspace.value(of: name) ?? 0
            }
            workspace.judge(new.span)
            for (metric, name) in effectiveness.enumerated() {
                values[(effectiveness.count + metric) * Self.block + row] = workspace.value(of: name) ?? 0
            }
        }
        return values
    }

    /// The means of tau-b and rank-biased overlap, of the whole agreement of each pair.
    private func compare() -> (tauB: Double, rbo: Double) {
        let workspace = AgreementWorkspace(movies: MetricsInput.movies)
        let untied: [Double] = []
        var (tauB, rbo) = (0.0, 0.0)
        for (old, new) in zip(input.old, input.new) {
            let found = workspace.agreement(
                old.span,
                untied.span,
                new.span,
                untied.span,
                depths: [1, 10, 100],
                persistence: Self.persistence
            )
            tauB += found.tauB ?? 0
            rbo += found.rbo
        }
        return (tauB / Double(MetricsInput.sessions), rbo / Double(MetricsInput.sessions))
    }
}
