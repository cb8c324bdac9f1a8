import Formats

/// Reading values that a report's version promises.
extension ReportValue {
    /// The text of a key.
    ///
    /// - Throws: `HTMLReportError` where it is missing or no text.
    func text(_ key: String) throws(HTMLReportError) -> String {
        guard case .text(let text) = self[key] else { throw unfit(key, "a text") }
        return text
    }

    /// The number of a key.
    ///
    /// - Throws: `HTMLReportError` where it is missing or no number.
    func number(_ key: String) throws(HTMLReportError) -> Double {
        guard case .number(let number) = self[key], let value = number.double else { throw unfit(key, "a number") }
        return value
    }

    /// The whole number of a key.
    ///
    /// - Throws: `HTMLReportError` where it is missing or no whole number.
    func count(_ key: String) throws(HTMLReportError) -> Int {
        guard case .number(let number) = self[key], let value = number.integer(Int.self) else {
            throw unfit(key, "a whole number")
        }
        return value
    }

    /// The list of a key.
    ///
    /// - Throws: `HTMLReportError` where it is missing or no list.
    func list(_ key: String) throws(HTMLReportError) -> [ReportValue] {
        guard case .list(let elements) = self[key] else { throw unfit(key, "a list") }
        return elements
    }

    /// The list of texts of a key.
    ///
    /// - Throws: `HTMLReportError` where it is missing, no list, or holds anything else.
    func texts(_ key: String) throws(HTMLReportError) -> [String] {
        var texts: [String] = []
        for element in try list(key) {
            guard case .text(let text) = element else { throw unfit(key, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    /// The object of a key.
    ///
    /// - Throws: `HTMLReportError` where it is missing or no object.
    func object(_ key: String) throws(HTMLReportError) -> ReportValue {
        guard case .object = self[key] else { throw unfit(key, "an object") }
        return self[key]
    }

    /// The list of a key with each element made into what the page shows of it.
    ///
    /// - Throws: `HTMLReportError` where it is no list, and what the function throws, with the element's place.
    func list(
        _ key: String,
        _ body: (ReportValue) throws(HTMLReportError) -> ReportValue
    ) throws(HTMLReportError) -> ReportValue {
        var made: [ReportValue] = []
        for (place, element) in try list(key).enumerated() {
            do throws(HTMLReportError) {
                made.append(try body(element))
            } catch {
                throw error.inside("\(key)[\(place)]")
            }
        }
        return .list(made)
    }

    /// The values of keys that are all there, be it as `null`.
    ///
    /// - Throws: `HTMLReportError` where one is missing.
    func members(_ keys: String...) throws(HTMLReportError) -> [String: ReportValue] {
        var members: [String: ReportValue] = [:]
        for key in keys {
            guard has(key) else { throw unfit(key, "a value or null") }
            members[key] = self[key]
        }
        return members
    }

    /// The text of a key, `nil` where there is none.
    func optionalText(_ key: String) -> String? {
        guard case .text(let text) = self[key] else { return nil }
        return text
    }

    /// The number of a key, `nil` where there is none.
    func optionalNumber(_ key: String) -> Double? {
        guard case .number(let number) = self[key] else { return nil }
        return number.double
    }

    /// Whether a key is true.
    func isTrue(_ key: String) -> Bool { self[key] == .flag(true) }

    /// Whether a key has a value that is not null, an empty list or an empty text.
    func hasContent(_ key: String) -> Bool {
        switch self[key] {
        case .nothing, .list([]), .text(""): false
        default: true
        }
    }

    private func unfit(_ key: String, _ expected: String) -> HTMLReportError {
        HTMLReportError(.unfit, "`\(key)` is \(has(key) ? "not as expected" : "missing"): expected \(expected)")
    }
}
