import Domain
import Foundation
import ModelComparison
import RecommendationEngine
import Reports
import SafeText
import Scenarios

/// One call of `compare`: its inputs read, its sides opened and compared.
struct ComparisonRun: Sendable {
    /// The movies' titles.
    let titles: [MovieID: String]

    private let arguments: [String]
    private let old: String
    private let new: String?
    private let sides: ComparisonSides
    private let recorded: RecordedInput?
    private let judgements: Relevance?
    private let gate: (path: String, file: GateFile)?
    private let settings: ComparisonSettings
    private let isBlamed: Bool
    private let save: String?
    /// What bundles are ranked under: what is held out, and the settings that change results.
    private let conditions: String

    /// Reads the inputs.
    ///
    /// - Throws: `ScenarioError`, `ComparisonError`, `SettingError` or the end with code 2 for one that cannot be used.
    init(_ command: CompareCommand) throws {
        let inputs = command.inputs
        arguments = Array(CommandLine.arguments.dropFirst())
        (old, new, save) = (command.old, command.new, command.save)
        var settings = command.measures.settings
        gate = try command.measures.gate.map { path in
            // One byte beyond what the parser takes is enough for it to say that there are too many.
            let gate = try GateFile(parsing: try InputText.bytes(of: path, limit: 1 << 20), path: path)
            gate.extend(&settings)
            return (path, gate)
        }
        self.settings = settings
        var p5 = P5Settings()
        try p5.read(processEnvironment)
        command.engine.apply(to: &p5)
        let rule = HoldOut(last: inputs.holdOut?.last ?? 0, leastRating: inputs.relevantFrom)
        if inputs.holdOut != nil, inputs.sessions == nil {
            throw CommandEnd.usage("--hold-out takes ratings out of --sessions; name the file")
        }
        let catalogue = try inputs.catalogue.map { try CatalogueReader.read($0) }
        if let path = inputs.qrels {
            guard inputs.holdOut == nil else {
                throw CommandEnd.usage("--qrels and --hold-out both say what is relevant; give one")
            }
            judgements = try JudgementFile.relevance(parsing: try InputText.read(path), file: path)
        } else {
            judgements = nil
        }
        let judgements = judgements
        recorded = try inputs.sessions.map { try RecordedInput($0, rule: rule, judgements: judgements) }
        titles = Dictionary((catalogue ?? []).map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        isBlamed = command.blame
        let heldOut = inputs.holdOut.map { "hold-out last:\($0.last)" } ?? "nothing held out"
        let ranking = inputs.models == .svd ? "SVD alone" : "P5 \(p5.label), \(p5.scoring.rawValue)"
        let words = p5.usesWholeWords && inputs.models == .both ? ", whole words" : ""
        conditions = "\(heldOut), \(ranking)\(words), \(command.engine.scoreFormula.rawValue)"
        sides = ComparisonSides(
            sessions: recorded.map { .init(ids: $0.ids) },
            catalogue: catalogue,
            engine: ComparedEngine(
                settings: p5,
                scoreFormula: command.engine.scoreFormula,
                isSVDAlone: inputs.models == .svd
            ),
            list: inputs.list,
            cache: try command.cache.map { try openCache($0) }
        )
    }

    /// Opens both sides, compares them, and judges.
    func document(showing progress: ProgressDisplay) async throws -> ComparisonDocument {
        let (before, after, opened) = try await openSides()
        let sessions = recorded?.sessions ?? known(to: before, after)
        let slices = recorded.map { SlicePlan(sample: $0.sample, catalogue: sides.catalogue ?? []) } ?? SlicePlan()
        try gate?.file.check(slices: slices.names, settings: settings)
        let comparison = Comparison(
            old: before,
            new: after,
            sessions: sessions,
            slices: slices,
            relevance: recorded?.relevance ?? judgements?.source,
            catalogue: sides.catalogue?.map(\.id),
            settings: settings
        )
        let keeper = try save.map { try ComparisonKeeper(path: $0, old: before, new: after, conditions: conditions) }
        var result = try comparison.result(
            tell: { progress.show($0, of: sessions.count) },
            keep: { try keeper?.keep($0, $1, $2, $3) }
        )
        try keeper?.end()
        (result.old.bytes, result.new.bytes) = opened
        let blame = try isBlamed ? blame(of: sessions, result, showing: progress) : nil
        return ComparisonDocument(
            result,
            blame: blame,
            gate: gate.map { ($0.path, $0.file.gate.verdicts(on: result)) },
            command: ShellCommand(["coldstart"] + arguments).description,
            toolVersion: Version.text
        )
    }

    private func openSides() async throws -> (any ComparisonSide, any ComparisonSide, (Int?, Int?)) {
        guard let new else {
            guard !InputFile.isStream(old), try SideKind(of: old) == .kept else {
                throw CommandEnd.usage("\(old) is one side; name the other, or a comparison that --save kept")
            }
            let kept = try SavedComparison.sides(at: old)
            return (kept.old, kept.new, (nil, nil))
        }
        let start = ResidentMemory.bytes
        let before = try await sides.side(old)
        let between = ResidentMemory.bytes
        let after = try await sides.side(new)
        func growth(_ first: Int?, _ second: Int?) -> Int? { first.flatMap { first in second.map { $0 - first } } }
        return (before, after, (growth(start, between), growth(between, ResidentMemory.bytes)))
    }

    /// The sessions that either side has.
    private func known(to old: any ComparisonSide, _ new: any ComparisonSide) -> ComparedSessions {
        var known: Set<String> = []
        let keys = ((old.sessions ?? []) + (new.sessions ?? [])).filter { known.insert($0).inserted }
        return ComparedSessions(keys.map { ComparedSession(key: $0, relevant: judgements?[$0]) })
    }

    private func blame(
        of sessions: ComparedSessions,
        _ result: ComparisonFindings,
        showing progress: ProgressDisplay
    ) throws -> Blame {
        guard let new, result.old.kind == "bundle", result.new.kind == "bundle" else {
            throw CommandEnd.usage("--blame swaps parts of two bundles; compare bundles")
        }
        guard !sides.engine.isSVDAlone else {
            throw CommandEnd.usage("--blame is about P5's lists; leave --models svd out")
        }
        let (before, after) = (try sides.bundle(old), try sides.bundle(new))
        let changed = BundlePart.changed(before.fingerprints, after.fingerprints)
        let moved = Set(result.changes.map(\.session))
        let run = BlameRun(changed: changed) { try before.side(with: $0, of: after) }
        var changedSessions: [ComparedSession] = []
        try sessions.forEachBlock(of: 1_000) { changedSessions += $0.filter { moved.contains($0.key) } }
        return try run.blame(of: changedSessions) { progress.show($0, of: moved.count) }
    }
}
