/// What a figure is to reach.
enum Aim {
    /// Less than so much.
    case below(Double)
    /// So much or more.
    case atLeast(Double)
    /// So many times as good as the reference, or better.
    case timesReference(Double)
}

extension Aim {
    /// Opening a checkpoint of 240 MB and its backbone from the page cache, to the first ranking.
    static let openingCheckpoint = Aim.below(0.06)
    /// Fold-in and top 100.
    static let firstStage = Aim.timesReference(20)
    /// Fold-in and top 100 over the movies of the production model.
    static let oneSession = Aim.below(0.5e-3)
    /// P5 over 100 candidates, against PyTorch with the batch that suits it best.
    static let secondStage = Aim.timesReference(1.6)
    /// A soft prompt and the rerank behind it, against PEFT and PyTorch.
    static let softPrompt = Aim.timesReference(1.5)
    /// The share of P5's time in matrix products, which bound it.
    static let productShare = Aim.atLeast(0.85)
    /// P5 over 100 candidates, against CTranslate2 in float32 with the batch that suits it best.
    static let besideCTranslate2 = Aim.timesReference(1.3)
    /// P5 over 100 candidates with its encoder in 8 bits, against CTranslate2 in int8 with the batch that suits it best.
    static let besideCTranslate2Int8 = Aim.timesReference(1.3)
    /// What weights in 8 bits take besides those in float32: 30 % of these.
    static func int8Memory(weights bytes: Double) -> Aim { .below(0.3 * bytes) }
    /// The peak of resident memory of a process that opens a model and ranks one movie: 1.3 times the weights it uses.
    static func openedMemory(weights bytes: Int) -> Aim { .below(1.3 * Double(bytes)) }
    /// The peak of resident memory of P5 over 100 candidates at the size of t5-small: 1.3 GB, whatever the weights
    /// take.
    static let secondStageMemory = Aim.below(1.3e9)
    /// All shipped scenarios.
    static let scenarios = Aim.below(20)
    /// Simulated starts on one core.
    static let simulatedStarts = Aim.atLeast(100_000)
    /// Starts that `coldstart sweep` simulates on two cores.
    static let sweptStarts = Aim.atLeast(1_000_000)
    /// From the start of the process to `ready_full`, files in the page cache.
    static let readyFull = Aim.below(0.15)
    /// Requests answered by SVD alone, on two cores that PostgreSQL shares.
    static let requests = Aim.atLeast(1_000)
    /// The merge of 1,000 shards of a million sessions.
    static let merge = Aim.below(10)
    /// The audit of a million rows.
    static let audit = Aim.below(3)
    /// nDCG, RR, recall and AP of rankings in memory, against ir-measures.
    static let besideIRMeasures = Aim.timesReference(20)
    /// The same, against ranx with its runs built already.
    static let besideRanx = Aim.timesReference(50)
    /// Tau-b, against SciPy.
    static let besideSciPy = Aim.timesReference(20)
    /// Rank-biased overlap, against the package rbo.
    static let besideRBO = Aim.timesReference(20)
    /// The randomisation test, against ranx.
    static let besideRanxTest = Aim.timesReference(50)
    /// Two SVD models over 10,000 sessions, compared in all metrics.
    static let comparison = Aim.below(3)
    /// One session explained by two SVD models.
    static let explanation = Aim.below(0.1)
    /// A log of platform lines diagnosed, against jq that prints one field of each line.
    static let besideJQ = Aim.timesReference(5)
    /// The same, against Python that parses each line with orjson.
    static let besideORJSON = Aim.timesReference(1)
    /// What a service that has settled may still gain in memory under load.
    static let memoryGrowth = Aim.below(16e6)
}
