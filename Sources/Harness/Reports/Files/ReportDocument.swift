/// What a command reports at its end as one document, in every format of files.
package protocol ReportDocument {
    /// The document as JSON.
    var json: String { get }
    /// The document as JUnit XML.
    var junit: String { get }
}

extension ReportFolder {
    /// Writes the files of a document.
    ///
    /// - Throws: `ReportError` where one cannot be written.
    package func write(_ document: some ReportDocument, as formats: Set<Format>) throws(ReportError) {
        if formats.contains(.json) { try write(document.json, to: "report.json") }
        if formats.contains(.junit) { try write(document.junit, to: "junit.xml") }
    }
}
