import Domain
import Foundation
import FoldInSVD
import ModelFiles
import P5
import RecommendationEngine

/// How long it takes until models can be used, all files in the page cache.
struct OpeningFigures {
    let bench: Bench
    /// The random t5-small, laid out as a bundle.
    let large: BundlePaths
    /// The folder of an SVD model of the production service's 11,888 movies.
    let factors: String

    /// Measures.
    func measure() throws -> [Figure] {
        [
            try demoBundle(),
            try weights("open 240 MB checkpoint, torch zip", large.checkpoint),
            try weights("open 240 MB checkpoint, safetensors", large.backboneWeights),
            try model(),
            try firstRanking(.svd, "open t5-small and SVD of 11,888, first ranking by SVD"),
            try firstRanking(.p5, "open t5-small, first ranking by P5, one movie"),
        ]
    }

    private func demoBundle() throws -> Figure {
        let runs = try bench.alternate(
            {
                var models = LoadedModels()
                for stage in InitialisationStage.allCases { try models.load(stage, from: bench.bundle) }
            },
            against: ReferenceWork("open_bundle", path: bench.bundle.directory)
        )
        return Figure("open demo bundle", coldstart: runs.coldstart, reference: runs.reference)
    }

    private func weights(_ name: String, _ path: String) throws -> Figure {
        let runs = try bench.alternate(
            { try WeightsReader.read(path).count },
            against: ReferenceWork("open_weights", path: path)
        )
        return Figure(name, coldstart: runs.coldstart, reference: runs.reference, aim: .openingCheckpoint)
    }

    /// The whole model: the backbone with the checkpoint merged over it.
    private func model() throws -> Figure {
        let runs = try bench.alternate(
            { try T5Model(backboneDirectory: large.backbone, checkpoint: large.checkpoint).configuration.modelWidth },
            against: ReferenceWork("open_model", path: large.directory)
        )
        return Figure(
            "open t5-small, backbone and checkpoint",
            coldstart: runs.coldstart,
            reference: runs.reference,
            aim: .openingCheckpoint
        )
    }

    /// Opening and the first ranking, each time in a process of its own: here the files are mapped and touched already.
    private func firstRanking(_ stage: FirstRanking.Stage, _ name: String) throws -> Figure {
        let input = try FirstRanking.input(bench)
        let work = try referenceWork(stage, input)
        var runs: [FirstRanking.Result] = []
        var (coldstart, other) = (Series(), Series())
        // The first round fills the page cache and does not count.
        for round in 0...bench.rounds {
            let run = try inFreshProcess(stage)
            let answer = try bench.reference?.call(work, as: ReferenceAnswer.self)
            guard round > 0 else { continue }
            runs.append(run)
            coldstart.add(run.whole)
            if let answer { other.add(answer.timing) }
        }
        let opening = median(runs.map(\.opening.seconds))
        let again = median(runs.map(\.again.seconds))
        let faults = Quantity.grouped(median(runs.map { Double($0.faults) }))
        var notes = [
            "opening \(Quantity.text(opening, .seconds)), "
                + "first ranking \(Quantity.text(median(runs.map(\.ranking)), .seconds)), "
                + "the same again \(Quantity.text(again, .seconds))",
            "\(faults) page faults",
        ]
        if stage == .p5 { notes.append("\(input.length), \(bench.threads) threads") }
        if bench.reference != nil { notes.append("the reference's process has its imports done") }
        return Figure(
            name,
            coldstart: coldstart,
            reference: bench.reference == nil ? nil : other,
            aim: .openingCheckpoint,
            note: notes.joined(separator: "; ")
        )
    }

    private func referenceWork(_ stage: FirstRanking.Stage, _ input: SecondStageInput) throws -> ReferenceWork {
        var work = ReferenceWork("first_ranking", path: large.directory)
        switch stage {
        case .p5:
            work.prompts = input.prompts
            work.batch = 1
        case .svd:
            let model = try FoldInModel(directory: factors)
            let visitor = BatchFigures.visitors(1, of: model)[0]
            work.svd = factors
            work.history = visitor.ratings.map { .init(movieID: $0.movie.text, rating: $0.value) }
            work.candidates = model.movies.map(\.text)
        }
        return work
    }

    private func inFreshProcess(_ stage: FirstRanking.Stage) throws -> FirstRanking.Result {
        let text = try WatchedRun.output(of: CommandLine.arguments + ["--only-first-ranking", stage.rawValue])
        do {
            return try JSONDecoder().decode(FirstRanking.Result.self, from: Data(text.utf8))
        } catch {
            throw BenchError("the process that ranks first said \"\(text)\", expected times as JSON")
        }
    }
}
