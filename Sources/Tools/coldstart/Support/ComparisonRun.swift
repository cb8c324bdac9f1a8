import Domain
import Foundation
import ModelComparison
import RecommendationEngine
import Reports
import SafeText
import Scenarios

/// One call of `compare`: its inputs read, its sides opened and compared.
struct ComparisonRun: Sendable {
    /// What was read.
    let inputs: ReadComparison
    private let old: String
    private let new: String?
    private let sides: ComparisonSides
    private let isBlamed: Bool
    private let save: String?
    /// What bundles are ranked under: what is held out, and the settings that change results.
    private let conditions: String

    /// Reads the inputs.
    ///
    /// - Parameters:
    ///   - command: What was asked for.
    ///   - isMerge: Whether shards are put together, for which no session is read.
    /// - Throws: `ScenarioError`, `ComparisonError`, `SettingError` or the end with code 2 for one that cannot be used.
    init(_ command: CompareCommand, isMerge: Bool = false) throws {
        (old, new, save) = (command.old, command.new, command.save)
        isBlamed = command.blame
        let engine = try ComparedEngine(command.engine, models: command.inputs.models)
        inputs = try ReadComparison(command.inputs, command.measures, readsSessions: !isMerge)
        let heldOut = command.inputs.holdOut.map { "hold-out last:\($0.last)" } ?? "nothing held out"
        conditions = "\(heldOut), \(engine.description)"
        sides = ComparisonSides(
            sessions: inputs.recorded.map { .init(ids: $0.ids) },
            catalogue: inputs.catalogue,
            engine: engine,
            list: command.inputs.list,
            cache: isMerge ? nil : try command.cache.map { try openCache($0) }
        )
    }

    /// Both sides, opened, with what compares them.
    struct Opened {
        /// The old side.
        let old: OpenedSide
        /// The new side.
        let new: OpenedSide
        /// By how many bytes the memory of the process grew with each.
        let bytes: (old: Int?, new: Int?)
        /// The sessions.
        let sessions: ComparedSessions
        /// The groups of sessions.
        let slices: SlicePlan
        /// What compares them.
        let comparison: Comparison
    }

    /// Opens both sides.
    ///
    /// - Throws: The end with code 2 or 3 where a side cannot be opened, `ComparisonError` where limits do not fit.
    func opened() async throws -> Opened {
        let (before, after, bytes) = try await openSides()
        let sessions = inputs.sessions(of: before.side, after.side)
        let slices =
            inputs.recorded.map { SlicePlan(sample: $0.sample, catalogue: inputs.catalogue ?? []) } ?? SlicePlan()
        try inputs.gate?.file.check(slices: slices.names, settings: inputs.settings)
        let comparison = Comparison(
            old: before.side,
            new: after.side,
            sessions: sessions,
            slices: slices,
            relevance: inputs.relevance,
            catalogue: inputs.catalogue?.map(\.id),
            settings: inputs.settings
        )
        return Opened(
            old: before,
            new: after,
            bytes: bytes,
            sessions: sessions,
            slices: slices,
            comparison: comparison
        )
    }

    /// Opens both sides, compares them, and judges.
    func document(showing progress: ProgressDisplay) async throws -> ComparisonDocument {
        let opened = try await opened()
        let keeper = try save.map {
            try ComparisonKeeper(path: $0, old: opened.old.side, new: opened.new.side, conditions: conditions)
        }
        var result = try opened.comparison.result(
            tell: { progress.show($0, of: opened.sessions.count) },
            keep: { try keeper?.keep($0, $1, $2, $3) }
        )
        try keeper?.end()
        (result.old.bytes, result.new.bytes) = opened.bytes
        let blame =
            try isBlamed
            ? blame(on: opened.old, opened.new, of: opened.sessions, result, showing: progress) : nil
        return document(of: result, blame: blame, command: ["coldstart"] + CommandLine.arguments.dropFirst())
    }

    /// Judges what was found.
    ///
    /// - Parameters:
    ///   - findings: What was found.
    ///   - blame: Which parts changes come from; `nil` where that was not asked.
    ///   - command: The words of the command.
    /// - Returns: The document.
    func document(of findings: ComparisonFindings, blame: Blame? = nil, command: [String]) -> ComparisonDocument {
        ComparisonDocument(
            findings,
            blame: blame,
            gate: inputs.gate.map { ($0.path, $0.file.gate.verdicts(on: findings)) },
            titles: inputs.titles,
            command: ShellCommand(command).description,
            toolVersion: Version.text
        )
    }

    private func openSides() async throws -> (OpenedSide, OpenedSide, (old: Int?, new: Int?)) {
        guard let new else {
            var file = try InputFile(old)
            guard try SideKind(of: &file) == .kept else {
                throw CommandEnd.usage("\(old) is one side; name the other, or a comparison that --save kept")
            }
            let kept = try SavedComparison.sides(reading: file, old)
            return (OpenedSide(kept.old), OpenedSide(kept.new), (nil, nil))
        }
        let start = ResidentMemory.bytes
        let before = try await sides.side(old)
        let between = ResidentMemory.bytes
        let after = try await sides.side(new)
        func growth(_ first: Int?, _ second: Int?) -> Int? { first.flatMap { first in second.map { $0 - first } } }
        return (before, after, (growth(start, between), growth(between, ResidentMemory.bytes)))
    }

    private func blame(
        on old: OpenedSide,
        _ new: OpenedSide,
        of sessions: ComparedSessions,
        _ result: ComparisonFindings,
        showing progress: ProgressDisplay
    ) throws -> Blame {
        guard let before = old.bundle, let after = new.bundle else {
            throw CommandEnd.usage("--blame swaps parts of two bundles; compare bundles")
        }
        guard !sides.engine.isSVDAlone else {
            throw CommandEnd.usage("--blame is about P5's lists; leave --models svd out")
        }
        let run = before.blame(on: after)
        let moved = Set(result.changes.map(\.session))
        var changed: [ComparedSession] = []
        try sessions.forEachBlock(of: 1_000) { changed += $0.filter { moved.contains($0.key) } }
        return try run.blame(of: changed) { progress.show($0, of: moved.count) }
    }
}
