import Domain
import ModelFiles
import RecommendationEngine

extension LoadedModels {
    /// Calibrates verified precision, or takes the bound that `--calibrations` keeps.
    ///
    /// - Parameters:
    ///   - settings: The settings of P5.
    ///   - folder: Where bounds are kept; `nil` for nowhere.
    ///   - paths: Where the bundle's files are.
    /// - Throws: The end with code 2 for a kept bound that cannot be used; the model's error where it cannot be calibrated.
    func calibrate(_ settings: P5Settings, keptIn folder: String?, _ paths: BundlePaths) throws {
        do {
            try calibrate(settings, keptIn: folder) {
                try Fingerprint.sha256(of: paths) { BundlePart(file: $0) != .svd }
            }
        } catch let error as ModelFileError where folder.map({ error.path.hasPrefix($0) }) == true {
            throw CommandEnd.usage("--calibrations: \(error)")
        }
    }
}
