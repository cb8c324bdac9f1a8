import ArgumentParser
import Domain
import ModelComparison
import RankingMetrics
import Scenarios

/// What `compare` reads beside its two sides.
struct ComparisonInputs: ParsableArguments {
    @Option(help: ArgumentHelp("Recorded sessions, JSON Lines: what bundles rank, and the slices.", valueName: "file"))
    var sessions: String?

    @Option(help: ArgumentHelp("The catalogue of movies, JSON Lines: candidates, titles, genres.", valueName: "file"))
    var catalogue: String?

    @Option(
        help: ArgumentHelp("Judge by each session's last ratings, which no side is told: last:3.", valueName: "rule"),
        transform: HoldOutArgument.init
    )
    var holdOut: HoldOutArgument?

    @Option(help: ArgumentHelp("The lowest rating of a relevant movie, 0 to 10.", valueName: "rating"))
    var relevantFrom = HoldOut.defaultLeastRating

    @Option(help: ArgumentHelp("Judge by a TREC file of relevance judgements.", valueName: "file"))
    var qrels: String?

    @Option(help: ArgumentHelp("The list of run files with another tag: svd, p5 or display.", valueName: "name"))
    var list = ComparedList.svd

    @Option(help: ArgumentHelp("svd,p5, or svd for SVD alone, which ranks in batches.", valueName: "names"))
    var models = RankedModels.both
}

/// The models that rank.
enum RankedModels: String, CaseIterable, ExpressibleByArgument {
    /// SVD alone.
    case svd
    /// SVD, then P5.
    case both = "svd,p5"
}

extension ComparisonInputs {
    /// Checks what the parser cannot.
    func check() throws {
        guard (0...10).contains(relevantFrom) else {
            throw ValidationError("--relevant-from is a rating from 0 to 10, found \(relevantFrom).")
        }
    }
}

/// What `compare` measures.
struct ComparisonMeasures: ParsableArguments {
    @Option(
        name: .customLong("at"),
        help: ArgumentHelp(
            "The depths of overlap, the first for entries and coverage (default: 10,100).",
            valueName: "k,k"
        ),
        transform: DepthsArgument.init
    )
    var depths: DepthsArgument?

    @Option(
        help: ArgumentHelp("Metrics of relevance, named as in ir-measures.", valueName: "names"),
        transform: MetricsArgument.init
    )
    var metrics: MetricsArgument?

    @Option(help: ArgumentHelp("The persistence of rank-biased overlap.", valueName: "p"))
    var persistence = 0.9

    @Option(help: ArgumentHelp("What a session counts that one side lacks: exclude or empty.", valueName: "name"))
    var missing = ComparisonSettings.MissingPolicy.exclude

    @Option(help: ArgumentHelp("A file of limits; exit 1 where one is not kept.", valueName: "file"))
    var gate: String?

    @Option(help: ArgumentHelp("Permutations of the test, and samples of the intervals.", valueName: "n"))
    var resamples = 1_000

    @Option(help: ArgumentHelp("What permutations and samples follow from.", valueName: "n"))
    var seed: UInt64 = 1

    /// Checks what the parser cannot.
    func check() throws {
        guard (0.01...0.999).contains(persistence) else {
            throw ValidationError("--persistence is a number from 0.01 to 0.999, found \(persistence).")
        }
        guard (100...1_000_000).contains(resamples) else {
            throw ValidationError("--resamples is a number from 100 to 1000000, found \(resamples).")
        }
    }

    /// The settings that they make.
    var settings: ComparisonSettings {
        var settings = ComparisonSettings()
        if let depths { settings.depths = depths.values }
        settings.persistence = persistence
        settings.missing = missing
        settings.permutations = resamples
        settings.samples = resamples
        settings.seed = seed
        if let metrics { settings.effectiveness = metrics.values }
        return settings
    }
}

extension ComparedList: ExpressibleByArgument {}
extension ComparisonSettings.MissingPolicy: ExpressibleByArgument {}
