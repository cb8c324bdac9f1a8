/// A line that a real service, or the harness about it, wrote to its log.
package struct LoggedLine: Hashable, Sendable, Codable {
    /// Who wrote the line.
    package enum Source: String, Hashable, Sendable, Codable {
        /// The service, on its standard output.
        case output
        /// The service, on its standard error.
        case errors
        /// The harness, about what it did to the service.
        case harness
    }

    /// When the line was read, from the start of the instance.
    package let moment: Duration
    /// Who wrote it.
    package let source: Source
    /// The text without its line end, and without secrets.
    package let text: String

    /// Creates a line.
    package init(moment: Duration, source: Source, text: String) {
        self.moment = moment
        self.source = source
        self.text = text
    }
}
