package import Domain
private import Synchronization

/// What is known of the error of int8 in one model, and what int8 decided with it.
package final class PrecisionWatch: Sendable {
    /// What the prompts of a model are made under: the same prompts have the same bound.
    struct Conditions: Hashable {
        let usesWholeWords: Bool
        let maximumLength: Int
        let generationLimit: Int
        /// The virtual tokens before each prompt and the text that they start as; none in-prompt.
        let virtualTokens: Int
        let initialText: String

        init(_ settings: P5Settings) {
            usesWholeWords = settings.usesWholeWords
            maximumLength = settings.maximumLength
            generationLimit = settings.generationLimit
            if case .softPrompt(let soft) = settings.mode {
                (virtualTokens, initialText) = (soft.virtualTokens, soft.initialText)
            } else {
                (virtualTokens, initialText) = (0, "")
            }
        }
    }

    private struct Entry {
        let calibration: PrecisionCalibration
        var report: PrecisionReport

        init(_ calibration: PrecisionCalibration) {
            self.calibration = calibration
            report = PrecisionReport(bound: calibration.report)
        }
    }

    private let entries = Mutex<[Conditions: Entry]>([:])

    /// What the prompts of settings are made under, in words that are the same in every process.
    package static func conditions(of settings: P5Settings) -> String {
        let own = Conditions(settings)
        let words = own.usesWholeWords ? "whole words" : "no whole words"
        let soft = own.virtualTokens > 0 ? "\(own.virtualTokens) virtual tokens of \"\(own.initialText)\"" : "in-prompt"
        return "\(soft), \(words), prompts of \(own.maximumLength) tokens, texts of \(own.generationLimit)"
    }

    /// The calibration for settings, made by the first who asks; the others wait for it.
    ///
    /// - Throws: What `make` throws.
    func calibration(
        for settings: P5Settings,
        _ make: () throws(P5Error) -> PrecisionCalibration
    ) throws(P5Error) -> PrecisionCalibration {
        try entries.withLock { entries throws(P5Error) in
            if let known = entries[Conditions(settings)] { return known.calibration }
            let made = try make()
            entries[Conditions(settings)] = Entry(made)
            return made
        }
    }

    /// The calibration for settings, `nil` before it was made.
    package func calibration(for settings: P5Settings) -> PrecisionCalibration? {
        entries.withLock { $0[Conditions(settings)]?.calibration }
    }

    /// Uses a calibration that was made before; one that is known already stays.
    package func use(_ calibration: PrecisionCalibration, for settings: P5Settings) {
        entries.withLock { entries in
            if entries[Conditions(settings)] == nil { entries[Conditions(settings)] = Entry(calibration) }
        }
    }

    /// What was decided under settings so far, `nil` before a calibration.
    package func report(for settings: P5Settings) -> PrecisionReport? {
        entries.withLock { $0[Conditions(settings)]?.report }
    }

    /// Adds what a request decided.
    func add(_ result: VerifiedGeneration.Result, under settings: P5Settings) {
        change(settings) { report in
            report.decided += result.decided
            report.again += result.again
            report.sampled += result.sampled
        }
    }

    /// Notes an error beyond the bound; the first stays.
    func add(_ violation: PrecisionViolation, under settings: P5Settings) {
        change(settings) { $0.violation = $0.violation ?? violation }
    }

    private func change(_ settings: P5Settings, _ body: (inout PrecisionReport) -> Void) {
        entries.withLock { entries in
            guard var entry = entries[Conditions(settings)] else { return }
            body(&entry.report)
            entries[Conditions(settings)] = entry
        }
    }
}
