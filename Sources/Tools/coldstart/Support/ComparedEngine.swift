import Domain
import RecommendationEngine

/// How bundles of a comparison rank.
struct ComparedEngine {
    /// The settings of P5.
    let settings: P5Settings
    /// What an SVD score is made of.
    let scoreFormula: ScoreFormula
    /// Whether SVD ranks alone.
    let isSVDAlone: Bool
    /// Whether the files are to be known by their SHA-256, which reads them whole.
    var isIdentified = true
    /// Where the bounds of verified precision are kept; `nil` for nowhere.
    var calibrations: String?
}

extension ComparedEngine: CustomStringConvertible {
    /// Creates the engine that options and the environment ask for.
    ///
    /// - Throws: `SettingError` for a variable that makes no sense.
    init(_ arguments: EngineArguments, models: RankedModels, isIdentified: Bool = true) throws {
        self.init(
            settings: try arguments.settings(),
            scoreFormula: arguments.scoreFormula,
            isSVDAlone: models == .svd,
            isIdentified: isIdentified,
            calibrations: arguments.calibrations
        )
    }

    /// The settings that change results.
    var description: String {
        let ranking = isSVDAlone ? "SVD alone" : "P5 \(settings.label), \(settings.scoring.rawValue)"
        let words = settings.usesWholeWords && !isSVDAlone ? ", whole words" : ""
        let precision = settings.precision == .verified && !isSVDAlone ? ", verified precision" : ""
        return "\(ranking)\(words)\(precision), \(scoreFormula.rawValue)"
    }
}
