extension MetricName {
    /// Reads a name, strictly: case counts, and there are no blanks.
    ///
    /// - Parameter text: `NAME`, `NAME@DEPTH` or `NAME(key=value,…)@DEPTH`.
    /// - Throws: ``MetricNameError``, which names what is known and what is near.
    package init(_ text: String) throws(MetricNameError) {
        func failure(_ problem: MetricNameError.Problem) -> MetricNameError {
            MetricNameError(text: text, problem: problem)
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, let head = parts.first else { throw failure(.malformed) }
        let opening = head.firstIndex(of: "(")
        let name = String(head[..<(opening ?? head.endIndex)])
        guard let measure = Measure(rawValue: name) else { throw failure(.unknownMeasure(name)) }
        var depth: Int?
        if parts.count == 2 {
            guard let number = Self.wholeNumber(parts[1]) else { throw failure(.badDepth(String(parts[1]))) }
            depth = number
        }
        var parameters: [String: String] = [:]
        if let opening {
            guard head.last == ")" else { throw failure(.malformed) }
            let inside = head[head.index(after: opening)...].dropLast()
            for pair in inside.split(separator: ",", omittingEmptySubsequences: false) {
                let sides = pair.split(separator: "=", omittingEmptySubsequences: false)
                guard sides.count == 2 else { throw failure(.malformed) }
                let key = String(sides[0])
                guard parameters.updateValue(String(sides[1]), forKey: key) == nil else {
                    throw failure(.repeatedParameter(key))
                }
            }
        }
        var level = 1
        if let value = parameters.removeValue(forKey: "rel") {
            guard measure.takesLevel else { throw failure(.unknownParameter("rel")) }
            guard let number = Self.wholeNumber(value[...]) else {
                throw failure(.badParameter("rel", value, expected: "a whole number from 1"))
            }
            level = number
        }
        var persistence: Double?
        if let value = parameters.removeValue(forKey: "p") {
            guard let number = Double(value) else {
                throw failure(.badParameter("p", value, expected: "a number above 0 and below 1"))
            }
            persistence = number
        }
        var ties: TieTreatment?
        if let value = parameters.removeValue(forKey: "ties") {
            guard let treatment = TieTreatment(rawValue: value) else {
                throw failure(.badParameter("ties", value, expected: "w, a or b"))
            }
            ties = treatment
        }
        if let unknown = parameters.keys.min() { throw failure(.unknownParameter(unknown)) }
        do {
            try self.init(measure, depth: depth, level: level, persistence: persistence, ties: ties)
        } catch {
            throw failure(error.problem)
        }
    }

    /// Reads digits without a leading zero as a whole number from 1.
    private static func wholeNumber(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.first != "0" else { return nil }
        return Int(text)
    }
}
