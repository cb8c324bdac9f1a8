import Domain
import Foundation
import ModelComparison
import Scenarios

/// What `compare` was given beside its two sides, read.
struct ReadComparison: Sendable {
    /// What is measured.
    let settings: ComparisonSettings
    /// The limits, with the path of their file.
    let gate: (path: String, file: GateFile)?
    /// The recorded sessions; `nil` where no file was named.
    let recorded: RecordedInput?
    /// What is relevant by a file of judgements.
    let judgements: Relevance?
    /// The movies to recommend; `nil` where no file was named.
    let catalogue: [CatalogueMovie]?

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - inputs: The files about sessions and movies.
    ///   - measures: What is measured, and the limits.
    ///   - readsSessions: Whether the sessions are read, and what is relevant to them.
    /// - Throws: `ScenarioError` or `ComparisonError` for a file that cannot be used, the end with code 2 for options that
    ///   contradict each other.
    init(_ inputs: ComparisonInputs, _ measures: ComparisonMeasures, readsSessions: Bool = true) throws {
        if inputs.holdOut != nil, inputs.sessions == nil {
            throw CommandEnd.usage("--hold-out takes ratings out of --sessions; name the file")
        }
        if inputs.holdOut != nil, inputs.qrels != nil {
            throw CommandEnd.usage("--qrels and --hold-out both say what is relevant; give one")
        }
        var settings = measures.settings
        gate = try measures.gate.map { path in
            // One byte beyond what the parser takes is enough for it to say that there are too many.
            let gate = try GateFile(parsing: try InputText.bytes(of: path, limit: 1 << 20), path: path)
            gate.extend(&settings)
            return (path, gate)
        }
        self.settings = settings
        catalogue = try inputs.catalogue.map { try CatalogueReader.read($0) }
        guard readsSessions else {
            (recorded, judgements) = (nil, nil)
            return
        }
        let judgements = try inputs.qrels.map {
            try JudgementFile.relevance(parsing: try InputText.read($0), file: $0)
        }
        self.judgements = judgements
        let rule = HoldOut(last: inputs.holdOut?.last ?? 0, leastRating: inputs.relevantFrom)
        recorded = try inputs.sessions.map { try RecordedInput($0, rule: rule, judgements: judgements) }
    }

    /// The movies' titles.
    var titles: [MovieID: String] { (catalogue ?? []).titles }

    /// Where what is relevant comes from; `nil` where nothing is.
    var relevance: String? { recorded?.relevance ?? judgements?.source }

    /// The recorded sessions, or without them those that either side has.
    func sessions(of old: any ComparisonSide, _ new: any ComparisonSide) -> ComparedSessions {
        if let recorded { return recorded.sessions }
        var known: Set<String> = []
        let keys = ((old.sessions ?? []) + (new.sessions ?? [])).filter { known.insert($0).inserted }
        return ComparedSessions(keys.map { ComparedSession(key: $0, relevant: judgements?[$0]) })
    }
}
