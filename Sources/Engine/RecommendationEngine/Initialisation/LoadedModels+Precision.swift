package import Domain
import ModelFiles
import P5

extension LoadedModels {
    /// Calibrates P5's verified precision, or takes the bound that is kept; without that precision nothing is done.
    ///
    /// - Parameters:
    ///   - settings: The settings of P5.
    ///   - folder: Where bounds are kept; `nil` for nowhere.
    ///   - files: SHA-256 of the bundle's files, by name; asked for only where a bound is kept.
    /// - Throws: `ModelFileError` where the kept bound cannot be used or written, `P5Error` where the settings make no sense.
    package func calibrate(
        _ settings: P5Settings,
        keptIn folder: String? = nil,
        files: () throws -> [String: String] = { [:] }
    ) throws {
        guard settings.precision == .verified, let t5 else { return }
        let kept = try folder.map {
            KeptCalibration(folder: $0, files: try files(), conditions: PrecisionWatch.conditions(of: settings))
        }
        let known = try kept?.read()
        if let known { t5.precisionWatch.use(known, for: settings) }
        // What ranks is calibrated where nothing is known.
        _ = try recommender(in: .full, settings: settings)
        guard known == nil, let made = t5.precisionWatch.calibration(for: settings), !made.steps.isEmpty else {
            return
        }
        try kept?.write(made)
    }

    /// What verified precision has done under settings; `nil` where P5 does all in float32.
    package func precision(under settings: P5Settings) -> PrecisionReport? {
        settings.precision == .verified ? t5?.precisionWatch.report(for: settings) : nil
    }

    /// Ends a run in which an error of int8 was beyond the bound.
    ///
    /// - Throws: `PrecisionViolation` with the case.
    package func requirePrecision(under settings: P5Settings) throws(PrecisionViolation) {
        if let violation = precision(under: settings)?.violation { throw violation }
    }
}
