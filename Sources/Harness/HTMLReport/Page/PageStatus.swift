/// How something ended, as the page shows it: a word and a sign, so that no colour is needed to tell.
enum PageStatus: String, Hashable, Sendable, CaseIterable {
    case passed
    case failed
    case errored
    case inconclusive
    case notRun

    /// The sign before the word.
    var sign: String {
        switch self {
        case .passed: "✓"
        case .failed: "✗"
        case .errored: "!"
        case .inconclusive: "?"
        case .notRun: "–"
        }
    }

    /// The word for people.
    var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .errored: "could not be judged"
        case .inconclusive: "no verdict"
        case .notRun: "not run"
        }
    }

    /// Whether something is wrong, or not known to be right.
    var isOpen: Bool { self != .passed }

    /// What an exit code of Coldstart says of the whole.
    ///
    /// 0 passed; 1, 4, 5 and 6 found something; 7 came to no verdict; others could not do their work.
    init(exitCode: Int) {
        switch exitCode {
        case 0: self = .passed
        case 1, 4, 5, 6: self = .failed
        case 7: self = .inconclusive
        default: self = .errored
        }
    }

    /// What templates see: `class`, `sign` and `word`.
    var value: ReportValue { value(saying: word) }

    /// The same with a sentence in place of the word.
    func value(saying words: String) -> ReportValue {
        .object(["class": .text(rawValue), "sign": .text(sign), "word": .text(words)])
    }
}
