extension MetricName {
    /// Reads a name, strictly: case counts, and there are no blanks.
    ///
    /// - Parameter text: `NAME`, `NAME@DEPTH` or `NAME(key=value,…)@DEPTH`.
    /// - Throws: ``MetricNameError``, which names what is known and what is near.
    package init(_ text: String) throws(MetricNameError) {
        do {
            try self.init(parsing: text)
        } catch {
            throw MetricNameError(text: text, problem: error.problem)
        }
    }

    private init(parsing text: String) throws(MetricNameError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, let head = parts.first else { throw Self.failure(.malformed) }
        let opening = head.firstIndex(of: "(") ?? head.endIndex
        let name = String(head[..<opening])
        guard let measure = Measure(rawValue: name) else { throw Self.failure(.unknownMeasure(name)) }
        var depth: Int?
        if parts.count == 2 {
            guard let number = Self.wholeNumber(parts[1]) else { throw Self.failure(.badDepth(String(parts[1]))) }
            depth = number
        }
        var level = 1
        var persistence: Double?
        var ties: TieTreatment?
        for (key, value) in try Self.parameters(head[opening...]) {
            switch key {
            case "rel" where measure.takesLevel:
                level = try Self.value(Self.wholeNumber(value), of: key, value, "a whole number from 1")
            case "p" where measure == .rankBiasedOverlap:
                persistence = try Self.value(Double(value), of: key, value, "a number above 0 and below 1")
            case "ties" where measure == .rankBiasedOverlap:
                ties = try Self.value(TieTreatment(rawValue: String(value)), of: key, value, "w, a or b")
            default:
                throw Self.failure(.unknownParameter(key))
            }
        }
        try self.init(measure, depth: depth, level: level, persistence: persistence, ties: ties)
    }

    /// Splits `(key=value,…)`, or nothing, into its pairs.
    private static func parameters(_ text: Substring) throws(MetricNameError) -> [(key: String, value: Substring)] {
        guard !text.isEmpty else { return [] }
        guard text.last == ")" else { throw failure(.malformed) }
        var parameters: [(key: String, value: Substring)] = []
        for pair in text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false) {
            let sides = pair.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2 else { throw failure(.malformed) }
            let key = String(sides[0])
            guard !parameters.contains(where: { $0.key == key }) else { throw failure(.repeatedParameter(key)) }
            parameters.append((key, sides[1]))
        }
        return parameters
    }

    private static func value<Value>(
        _ value: Value?,
        of key: String,
        _ text: Substring,
        _ expected: String
    ) throws(MetricNameError) -> Value {
        guard let value else { throw failure(.badParameter(key, String(text), expected: expected)) }
        return value
    }

    /// Reads digits without a leading zero as a whole number from 1.
    private static func wholeNumber(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.first != "0" else { return nil }
        return Int(text)
    }

    /// A failure whose text the caller knows.
    private static func failure(_ problem: MetricNameError.Problem) -> MetricNameError {
        MetricNameError(text: "", problem: problem)
    }
}
