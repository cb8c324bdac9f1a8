/// A stored report that cannot be made into a page.
package struct HTMLReportError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    package struct Code: Hashable, Sendable {
        private enum Value { case notJSON, notAReport, unknownVersion, unfit }
        private let value: Value

        /// The text is not JSON.
        package static let notJSON = Code(value: .notJSON)
        /// The text is JSON, but none of the reports that have a page.
        package static let notAReport = Code(value: .notAReport)
        /// The report has a version that this program does not know.
        package static let unknownVersion = Code(value: .unknownVersion)
        /// The report lacks a value that its version has, or has another in its place.
        package static let unfit = Code(value: .unfit)
    }

    /// What kind of failure it is.
    package let code: Code
    /// The failure in one line: what was found, what was expected, what to do.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }

    /// The same error of a part of the report.
    func inside(_ part: String) -> HTMLReportError { HTMLReportError(code, "\(part): \(message)") }

    package static func == (left: HTMLReportError, right: HTMLReportError) -> Bool { left.code == right.code }
}
