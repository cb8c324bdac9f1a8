import ColdstartTestSupport
import Domain
import ModelFiles
import P5
import RecommendationEngine
import Testing

struct KeptCalibrationTests {
    private let folder = try? TemporaryFolder()
    private let calibration = PrecisionCalibration(
        prompts: 40,
        steps: [.init(errors: .init(repeating: 0.5, count: 39) + [0.25], leads: .init(repeating: 0.125, count: 40))]
    )

    private func kept(_ checkpoint: String = "aa", _ conditions: String = "in-prompt") throws -> KeptCalibration {
        let files = ["p5/mvt_aug_epoch10.pth": checkpoint, "svd_5core/V.npy": "cc"]
        return KeptCalibration(folder: try #require(folder).path, files: files, conditions: conditions)
    }

    /// The name of the file in its folder.
    private func name(of kept: KeptCalibration) -> String { String(kept.path.split(separator: "/").last ?? "") }

    /// Writes the file, changes its text, and reads it.
    private func read(changing old: String, to new: String) throws -> PrecisionCalibration? {
        let kept = try kept()
        try kept.write(calibration)
        let text = String(decoding: try TemporaryFolder.bytes(of: kept.path), as: UTF8.self)
        try #require(text.contains(old), "\(text)")
        try #require(folder).write(text.replacing(old, with: new), to: name(of: kept))
        return try kept.read()
    }

    @Test func `what is written is read, by the same model under the same conditions alone`() throws {
        #expect(try kept().read() == nil)
        try kept().write(calibration)
        #expect(try kept().read() == calibration)
        #expect(try kept("bb").read() == nil)
        #expect(try kept("aa", "whole words").read() == nil)
        let others = KeptCalibration(
            folder: try #require(folder).path,
            files: ["p5/mvt_aug_epoch10.pth": "aa", "svd_5core/V.npy": "another"],
            conditions: "in-prompt"
        )
        #expect(try others.read() == calibration, "the SVD model has no part in it")
    }

    @Test(arguments: [
        (#""bounds":[1.5]"#, #""bounds":[0.001]"#, "bounds: found [0.001], expected [1.5]"),
        (#""lead":0.125"#, #""lead":8"#, "bounds: found [1.5], expected [4.0]"),
        (#""lead":0.125"#, #""lead":-1"#, "at least 0"), ("[0.25,", "[0.75,", "ascending"),
        ("[0.25,", "[-0.25,", "at least 0"), (#""prompts":40"#, #""prompts":39"#, "39 prompts"),
        (#""version":1"#, #""version":9"#, "version: found 9"), (#""steps":"#, #""stairs":"#, "steps"),
        (#""quantile":0.99"#, #""quantile":0.5"#, "the quantile 0.5"), ("in-prompt", "other", "conditions"),
        (#""kind":"coldstart-precision-bounds""#, #""kind":"no""#, "kind"), ("]", "", "p5-"),
        (#""model":"#, #""modal":"#, "model"),
    ])
    func `a file that lies is refused with what does not hold`(old: String, new: String, named: String) throws {
        let error = try #require(throws: ModelFileError.self) { _ = try read(changing: old, to: new) }
        #expect(error.description.contains(named), "\(error)")
    }

    @Test func `the file of another model under this one's name is refused by its fingerprint`() throws {
        let other = try kept("bb")
        try other.write(calibration)
        let bytes = try TemporaryFolder.bytes(of: other.path)
        let own = try kept()
        try #require(folder).write(bytes, to: name(of: own))
        let error = try #require(throws: ModelFileError.self) { try own.read() }
        #expect(error.description.contains("that of another model") && error.description.contains("remove the file"))
    }

    @Test(arguments: [0, 1, 20, 100]) func `a file that was cut short is refused`(count: Int) throws {
        let kept = try kept()
        try kept.write(calibration)
        let bytes = try TemporaryFolder.bytes(of: kept.path).prefix(count)
        try #require(folder).write(bytes, to: name(of: kept))
        let error = try #require(throws: ModelFileError.self) { try kept.read() }
        #expect(error.path == kept.path)
    }

    @Test func `models are calibrated once, and the next take the bound that is kept`() throws {
        let bundle = BundlePaths(directory: Fixtures.packageDirectory + "/scenarios/bundle")
        func loaded() throws -> LoadedModels {
            var models = LoadedModels()
            for stage in InitialisationStage.allCases { try models.load(stage, from: bundle) }
            return models
        }
        let settings = P5Settings(precision: .verified)
        let files = try Fingerprint.sha256(of: bundle)
        let first = try loaded()
        #expect(first.precision(under: settings) == nil)
        try first.calibrate(settings, keptIn: folder?.path) { files }
        let bound = try #require(first.precision(under: settings)).bound
        #expect(bound.prompts == 128 && bound.bounds.count == 5 && bound.bounds.allSatisfy { $0 > 0 })
        let second = try loaded()
        try second.calibrate(settings, keptIn: folder?.path) { files }
        #expect(second.precision(under: settings)?.bound == bound)
        // Without verified precision nothing is read, not even the fingerprints.
        try second.calibrate(P5Settings(), keptIn: folder?.path) { preconditionFailure("asked for nothing") }
        #expect(second.precision(under: P5Settings()) == nil)
        try second.requirePrecision(under: settings)
    }
}
