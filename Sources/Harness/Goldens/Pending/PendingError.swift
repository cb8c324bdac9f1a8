/// A decision that cannot be taken.
package struct PendingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Why it cannot.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is no such difference.
        case notPending
        /// Candidates or counts changed, and nothing says why.
        case needsReason
    }

    /// Why it cannot.
    package let code: Code
    /// The differences it is about.
    package let ids: [String]

    init(_ code: Code, ids: [String]) {
        self.code = code
        self.ids = ids
    }

    package var description: String {
        let named = ids.prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", …" : "")
        return switch code {
        case .notPending: "\(named): nothing is pending under this id; coldstart golden pending lists what is"
        case .needsReason:
            "\(named): candidates or counts changed, which nobody accepts without saying why; add --reason <text>"
        }
    }
}
