package import Domain

/// A line that is kept beyond its reader's buffer, as it is written.
package struct KeptText: Hashable, Sendable {
    /// The longest text that is kept, in bytes.
    private static let limit = 4096

    /// The bytes as they are written.
    private var raw: String
    private var escaping: PlacedText.Escaping
    private let start: LogPlace

    /// Keeps a text, or the part around an offset of a very long one.
    init(_ text: PlacedText, around offset: Int, in file: Int) {
        let begin = Self.begin(text, around: offset)
        let part = text.bytes.slice(begin..<min(text.bytes.count, begin + Self.limit))
        raw = String(decoding: part, as: UTF8.self)
        escaping = text.escaping
        start = text.place(of: begin, in: file)
    }

    /// Keeps a text as ``init(_:around:in:)`` does, without memory of its own where many lines are the same.
    init(_ text: PlacedText, around offset: Int, in file: Int, _ pool: inout TextPool) {
        let begin = Self.begin(text, around: offset)
        raw = pool.text(of: text.bytes.slice(begin..<min(text.bytes.count, begin + Self.limit)))
        escaping = text.escaping
        start = text.place(of: begin, in: file)
    }

    /// Where the part begins that is kept.
    private static func begin(_ text: PlacedText, around offset: Int) -> Int {
        text.bytes.count > limit ? max(0, offset - 256) : 0
    }

    /// Goes on with another line, which is folded into the text unless the text keeps its lines.
    ///
    /// - Parameters:
    ///   - line: The whole line, indentation and all.
    ///   - isFolded: Whether the break between them is a space.
    mutating func append(_ line: PlacedText, isFolded: Bool) {
        guard raw.utf8.count + line.bytes.count < Self.limit else { return }
        raw += "\n" + String(decoding: line.bytes, as: UTF8.self)
        if escaping == .none, isFolded { escaping = .folded }
    }

    /// The text without its escapes.
    package var string: String { withPlaced { $0.string } }

    /// Whether what it says is not to be found in the bytes as they are written.
    var isFolded: Bool {
        switch escaping {
        case .none, .json, .csv: false
        case .folded, .singleQuoted, .doubleQuoted: true
        }
    }

    /// The file in which it stands.
    package var file: Int { start.file }

    /// Returns where a piece of it stands as it is written; where it begins for a piece that is not there.
    func place(of piece: StaticString?) -> LogPlace {
        guard let piece else { return start }
        return withPlaced { placed in
            let offset = placed.bytes.firstOffset(of: piece) ?? (isFolded ? placed.bytes.foldedOffset(of: piece) : nil)
            return placed.place(of: offset ?? 0, in: start.file)
        }
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

    /// Whether a piece stands in it as it is written, but for line breaks.
    func has(_ piece: StaticString) -> Bool {
        withPlaced { $0.bytes.firstOffset(of: piece) != nil || isFolded && $0.bytes.foldedOffset(of: piece) != nil }
    }

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

    /// Creates a fact.
    ///
    /// - Parameters:
    ///   - kind: What it says.
    ///   - source: The line.
    ///   - time: When, `nil` where that is not stated.
    ///   - order: The number of its entry among all that were read.
    ///   - mark: What the evidence of it points at.
    ///   - name: What a structured source states beside the text.
    ///   - number: The same as a number.
    init(
        _ kind: FactKind,
        _ source: KeptText,
        at time: Timestamp?,
        order: Int,
        mark: StaticString?,
        name: String? = nil,
        number: Int? = nil
    ) {
        self.kind = kind
        self.time = time
        self.order = order
        self.source = source
        self.mark = mark.map { StaticMark(text: $0) }
        self.name = name
        self.number = number
    }

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
