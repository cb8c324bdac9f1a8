package import Domain

/// The program's own lines: how many there are, and the stages of its start that they show.
package struct ProgramLines: Sendable, Hashable {
    /// The most marks of stages that are kept.
    private static let limit = 512

    /// How many lines there are.
    package private(set) var count = 0
    /// The time of the first that states one.
    package private(set) var firstTime: Timestamp?
    /// The time of the last that states one.
    package private(set) var lastTime: Timestamp?
    /// The beginnings and ends of stages, in the order of the input.
    package private(set) var marks: [StageMark] = []

    /// Creates a list without lines.
    init() {}

    /// Counts a line.
    mutating func count(at time: Timestamp?) {
        count += 1
        guard let time else { return }
        if firstTime.map({ time < $0 }) ?? true { firstTime = time }
        if lastTime.map({ time > $0 }) ?? true { lastTime = time }
    }

    /// Takes the beginning or the end of a stage.
    mutating func add(_ mark: StageMark) {
        if marks.count < Self.limit { marks.append(mark) }
    }

    /// Takes over the lines of another list.
    mutating func merge(_ other: ProgramLines) {
        count += other.count
        firstTime = [firstTime, other.firstTime].compactMap(\.self).min()
        lastTime = [lastTime, other.lastTime].compactMap(\.self).max()
        marks = Array((marks + other.marks).prefix(Self.limit))
    }
}

/// A line of the program that begins or ends a stage of its start.
package struct StageMark: Hashable, Sendable {
    /// Whether it begins, or ends with or without a stated duration.
    package enum Edge: Hashable, Sendable {
        /// The stage begins.
        case begins
        /// The stage ends; the seconds that the line states it took, where it does.
        case ends(seconds: Double?)
    }

    /// The stage.
    package let stage: String
    /// Which end of it.
    package let edge: Edge
    /// When, `nil` where that is not stated.
    package let time: Timestamp?
    /// The line.
    package let source: KeptText
    /// Where in the line the words stand that say so.
    package let place: LogPlace
}
