/// A report that could not be written or read.
package struct ReportError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    package struct Code: Hashable, Sendable {
        private enum Value { case cannotWrite, readerGone, foreignFile, inUse, notAReport, unknownVersion }
        private let value: Value

        /// A file or a stream could not be written.
        package static let cannotWrite = Code(value: .cannotWrite)
        /// The program that reads the output has ended, which is no fault.
        package static let readerGone = Code(value: .readerGone)
        /// A file that would be replaced is none that Coldstart wrote.
        package static let foreignFile = Code(value: .foreignFile)
        /// Another run writes to the folder.
        package static let inUse = Code(value: .inUse)
        /// A text is not the report that was asked for.
        package static let notAReport = Code(value: .notAReport)
        /// A report has a version that this program does not know.
        package static let unknownVersion = Code(value: .unknownVersion)
    }

    /// What kind of failure it is.
    package let code: Code
    /// The failure in one line: which file, what was found, what to do.
    package let message: String

    /// Creates an error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }

    package static func == (left: ReportError, right: ReportError) -> Bool { left.code == right.code }
}
