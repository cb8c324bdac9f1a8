import HTMLReport
import Reports

/// The page of a report that a command has just made.
enum DocumentPage {
    /// The name of the page's file in a report folder.
    static let fileName = "report.html"

    /// Returns the page of a document.
    ///
    /// - Parameters:
    ///   - json: The document's JSON, as the file has it.
    ///   - name: What the page calls it.
    /// - Returns: The HTML.
    /// - Throws: `ReportError` where the page cannot be made, which is a fault of this program.
    static func text(of json: String, named name: String = "report.json") throws(ReportError) -> String {
        do throws(HTMLReportError) {
            return try HTMLPage(Array(json.utf8), named: name).text
        } catch {
            throw ReportError(.notAReport, "\(fileName): the page cannot be made: \(error)")
        }
    }
}
