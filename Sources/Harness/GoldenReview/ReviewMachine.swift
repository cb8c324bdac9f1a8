package import Goldens

/// The course of a review: which difference is looked at, and what was decided of which.
///
/// A pure state machine: keys go in, the next state comes out. Nothing is written before it has ended.
package struct ReviewMachine: Hashable, Sendable {
    /// What the next key is about.
    package enum Mode: Hashable, Sendable {
        /// A difference is shown.
        case deciding
        /// The keys are explained.
        case help
        /// The reason for accepting is typed, as far as it has come.
        case reason(String)
        /// The review is over, and its decisions are to be written.
        case finished
        /// The review was broken off, and nothing is to be written.
        case aborted
    }

    /// What was decided of a difference.
    package enum Decision: Hashable, Sendable {
        /// It is right, for this reason where one was asked for.
        case accept(reason: String?)
        /// It is wrong.
        case reject
    }

    /// How many differences there are.
    package let count: Int
    /// The one that is shown, from 0.
    package private(set) var position = 0
    /// What the next key is about.
    package private(set) var mode: Mode
    /// What was decided, by place; what was skipped is not there.
    package private(set) var decisions: [Int: Decision] = [:]
    /// The first line of the difference that is shown.
    package private(set) var firstLine = 0
    /// What to tell the person about the last key, `nil` where that speaks for itself.
    package private(set) var notice: String?

    /// Begins a review; one of nothing is over at once.
    package init(count: Int) {
        self.count = count
        mode = count == 0 ? .finished : .deciding
    }

    /// Whether no further key is waited for.
    package var isOver: Bool { mode == .finished || mode == .aborted }

    /// Takes a key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - risk: The class of the difference that is shown.
    package mutating func handle(_ key: ReviewKey, risk: GoldenRisk) {
        notice = nil
        if key == .interrupt {
            mode = .aborted
            return
        }
        switch mode {
        case .deciding: decide(key, risk: risk)
        case .help: mode = .deciding
        case .reason(let text): write(key, to: text)
        case .finished, .aborted: break
        }
    }

    /// Passes over the difference that is shown because nothing is open in it.
    package mutating func pass() { advance() }

    private mutating func decide(_ key: ReviewKey, risk: GoldenRisk) {
        switch key {
        case .character("a") where risk == .high: mode = .reason("")
        case .character("a"): settle(.accept(reason: nil))
        case .character("r"): settle(.reject)
        case .character("s"):
            decisions[position] = nil
            advance()
        case .character("b"): goBack()
        case .character("q"): mode = .finished
        case .character("?"): mode = .help
        case .up, .character("k"): firstLine = max(0, firstLine - 1)
        case .down, .character("j"): firstLine += 1
        case .character(let other): notice = "\(other) does nothing here; ? explains the keys"
        case .enter, .escape, .backspace, .interrupt: break
        }
    }

    private mutating func write(_ key: ReviewKey, to text: String) {
        switch key {
        case .character(let next): mode = .reason(text + String(next))
        case .backspace: mode = .reason(String(text.dropLast()))
        case .escape: mode = .deciding
        case .enter where text.allSatisfy(\.isWhitespace): notice = "a reason is needed; Escape goes back"
        case .enter:
            mode = .deciding
            settle(.accept(reason: text))
        case .up, .down, .interrupt: break
        }
    }

    private mutating func settle(_ decision: Decision) {
        decisions[position] = decision
        advance()
    }

    private mutating func advance() {
        firstLine = 0
        guard position + 1 < count else {
            mode = .finished
            return
        }
        position += 1
    }

    private mutating func goBack() {
        guard position > 0 else {
            notice = "this is the first one"
            return
        }
        firstLine = 0
        position -= 1
    }

    /// Keeps the first line that is shown within so many lines.
    package mutating func limitScrolling(to lines: Int) {
        firstLine = min(firstLine, max(0, lines))
    }
}
