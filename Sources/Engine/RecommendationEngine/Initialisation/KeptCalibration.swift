import Domain
package import ModelFiles
package import P5

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder in which the bounds of verified precision are kept: a file for each model and for what its prompts are made under.
///
/// A file holds the model's fingerprint and what was seen of each step; the bounds follow from that and are checked against
/// it. One that belongs to another model, was cut short or does not follow from its errors is an error, not a
/// reason to calibrate again: whoever wrote it may have meant another one.
package struct KeptCalibration {
    /// The form of a file.
    private struct Content: Codable {
        var kind: String
        var version: Int
        /// SHA-256 over the digests of P5's files.
        var model: String
        /// What the prompts are made under.
        var conditions: String
        var prompts: Int
        var quantile: Double
        var safetyFactor: Double
        var bounds: [Float]
        var steps: [PrecisionCalibration.Step]
    }

    private static let kind = "coldstart-precision-bounds"
    /// Raised with the arithmetic of int8, too: another arithmetic has other errors.
    private static let version = 1
    private static let form = "the bound of one model, as --calibrations writes it"
    private static let fix = "remove the file, and the model is calibrated again"
    /// The most steps that a file is taken for.
    private static let mostSteps = 1 << 10

    /// The file.
    package let path: String
    private let model: String
    private let conditions: String

    /// Names the file of a model.
    ///
    /// - Parameters:
    ///   - folder: The folder, which need not exist.
    ///   - files: SHA-256 of the bundle's files, by name; those of SVD do not count.
    ///   - conditions: What the prompts are made under, in words that are the same in every process.
    package init(folder: String, files: [String: String], conditions: String) {
        let own = files.filter { BundlePart(file: $0.key) != .svd }.sorted { $0.key < $1.key }
        model = Fingerprint.sha256(own.map { "\($0.key)=\($0.value)" }.joined(separator: "\n").utf8)
        self.conditions = conditions
        path = join(folder, "p5-\(Fingerprint.sha256("\(model)\n\(conditions)".utf8).prefix(32)).json")
    }

    /// Reads the file.
    ///
    /// - Returns: The calibration, `nil` where there is no file.
    /// - Throws: `ModelFileError` where it cannot be used.
    package func read() throws(ModelFileError) -> PrecisionCalibration? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let content = try JSONFile.read(path, as: Content.self, expected: Self.form)
        try require(content.kind == Self.kind, "kind", "\"\(content.kind)\"", "\"\(Self.kind)\"")
        try require(content.version == Self.version, "version", "\(content.version)", "\(Self.version)")
        try require(content.model == model, "model", "that of another model, \(content.model)", model)
        try require(content.conditions == conditions, "conditions", "\"\(content.conditions)\"", "\"\(conditions)\"")
        let steps = content.steps
        let isSound =
            steps.count <= Self.mostSteps
            && steps.allSatisfy { step in
                (1...max(1, content.prompts)).contains(step.errors.count) && Self.areAscending([0] + step.errors)
                    && Self.areAscending([0, step.lead])
            }
        let order = "finite numbers of at least 0, the errors of a step ascending, at most one of each prompt"
        try require(isSound, "steps", "others in \(steps.count) steps of \(content.prompts) prompts", order)
        let calibration = PrecisionCalibration(prompts: content.prompts, steps: steps)
        let rule = "\(PrecisionCalibration.safetyFactor) times the quantile \(PrecisionCalibration.quantile)"
        let isRule =
            content.quantile == PrecisionCalibration.quantile
            && content.safetyFactor == PrecisionCalibration.safetyFactor
        try require(isRule, "quantile", "\(content.safetyFactor) times the quantile \(content.quantile)", rule)
        let isOwn = content.bounds == calibration.bounds
        try require(
            isOwn,
            "bounds",
            "\(content.bounds)",
            "\(calibration.bounds), \(rule) of each step's errors or half its lead"
        )
        return calibration
    }

    private static func areAscending(_ errors: [Float]) -> Bool {
        errors.allSatisfy(\.isFinite) && zip(errors, errors.dropFirst()).allSatisfy { $0 <= $1 }
    }

    private func require(_ holds: Bool, _ place: String, _ found: String, _ expected: String) throws(ModelFileError) {
        guard !holds else { return }
        throw ModelFileError(.mismatch, path: path, place: place, found: found, expected: expected, fix: Self.fix)
    }

    /// Writes the file in one step, so that another process never reads half of it.
    ///
    /// - Throws: `ModelFileError` where it cannot be written.
    package func write(_ calibration: PrecisionCalibration) throws(ModelFileError) {
        let content = Content(
            kind: Self.kind,
            version: Self.version,
            model: model,
            conditions: conditions,
            prompts: calibration.prompts,
            quantile: PrecisionCalibration.quantile,
            safetyFactor: PrecisionCalibration.safetyFactor,
            bounds: calibration.bounds,
            steps: calibration.steps
        )
        do {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            try encoder.encode(content).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw ModelFileError(
                .unreadable,
                path: path,
                place: "file",
                found: "that it cannot be written (\(error))",
                expected: "a folder to keep bounds in",
                fix: "name another folder with --calibrations, or leave it out"
            )
        }
    }
}
