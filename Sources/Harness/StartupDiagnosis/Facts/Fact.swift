package import Domain

/// A line that is kept beyond its reader's buffer, as it is written.
package struct KeptText: Hashable, Sendable {
    /// The longest text that is kept, in bytes.
    private static let limit = 4096

    /// The bytes as they are written.
    private let raw: String
    private let escaping: PlacedText.Escaping
    private let start: LogPlace

    /// Keeps a text, or the part around an offset of a very long one.
    init(_ text: PlacedText, around offset: Int, in file: Int) {
        let begin = text.bytes.count > Self.limit ? max(0, offset - 256) : 0
        let part = text.bytes.slice(begin..<min(text.bytes.count, begin + Self.limit))
        raw = String(decoding: part, as: UTF8.self)
        escaping = text.escaping
        start = text.place(of: begin, in: file)
    }

    /// The text without its escapes.
    package var string: String { withPlaced { $0.string } }

    /// The file in which it stands.
    package var file: Int { start.file }

    /// Returns where a piece of it stands as it is written; where it begins for a piece that is not there.
    func place(of piece: StaticString?) -> LogPlace {
        guard let piece else { return start }
        return withPlaced { $0.place(of: $0.bytes.firstOffset(of: piece) ?? 0, in: start.file) }
    }

    /// Returns where a piece of the text without escapes stands; where it begins for one that is not there.
    func place(ofText piece: String) -> LogPlace {
        guard !piece.isEmpty else { return start }
        return withPlaced { placed in
            var piece = piece
            let offset = piece.withUTF8 { placed.bytes.firstOffset(of: UnsafeRawBufferPointer($0)) }
            return placed.place(of: offset ?? 0, in: start.file)
        }
    }

    /// Whether a piece stands in it as it is written.
    func has(_ piece: StaticString) -> Bool { withPlaced { $0.bytes.firstOffset(of: piece) != nil } }

    /// Calls a function with the text in its place.
    func withPlaced<Result>(_ body: (PlacedText) -> Result) -> Result {
        var copy = raw
        return copy.withUTF8 { bytes in
            body(
                PlacedText(
                    bytes: UnsafeRawBufferPointer(bytes),
                    line: start.line,
                    leadColumn: start.column,
                    escaping: escaping
                )
            )
        }
    }
}

/// One statement of the input about a subject.
package struct Fact: Hashable, Sendable {
    /// What it says.
    package let kind: FactKind
    /// When, `nil` where that is not stated.
    package let time: Timestamp?
    /// The number of its entry among all that were read.
    package let order: Int
    /// The line.
    package let source: KeptText
    /// What the evidence of it points at; `nil` for the beginning of the line.
    let mark: StaticMark?
    /// What a structured source states beside the text, such as a container's name or an exit code.
    var name: String?
    /// The same as a number.
    var number: Int?

    /// The line without its escapes.
    package var text: String { source.string }

    /// The place that evidence of the fact points at.
    package var place: LogPlace { source.place(of: mark?.text) }
}

/// A literal text that can be compared.
struct StaticMark: Hashable, Sendable {
    /// The text.
    let text: StaticString

    static func == (left: StaticMark, right: StaticMark) -> Bool {
        left.text.utf8Start == right.text.utf8Start && left.text.utf8CodeUnitCount == right.text.utf8CodeUnitCount
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text.utf8Start) }
}

/// How often a fact was stated about one subject, with the first and the last statement.
package struct FactTally: Hashable, Sendable {
    /// How many statements there are.
    package private(set) var count = 1
    /// The first by time, or in the order of the input.
    package private(set) var first: Fact
    /// The last, where it is another than the first.
    private var other: Fact?
    /// The number of the entry that was taken last.
    private(set) var lastOrder: Int

    /// The last by time, or in the order of the input.
    package var last: Fact { other ?? first }

    /// Begins with one statement.
    init(_ fact: Fact) {
        first = fact
        lastOrder = fact.order
    }

    /// Takes another statement.
    mutating func add(_ fact: Fact) {
        count += 1
        lastOrder = fact.order
        guard let time = fact.time, let earliest = first.time, let latest = last.time else {
            other = fact
            return
        }
        if time >= latest {
            other = fact
        } else if time < earliest {
            other = last
            first = fact
        }
    }
}
