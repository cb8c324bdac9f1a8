import HTMLReport
import Reports

/// The page of a report that a command has just made.
enum DocumentPage {
    /// The name of the page's file in a report folder.
    static let fileName = "report.html"

    /// Makes the page of a document.
    ///
    /// - Parameters:
    ///   - json: The document's JSON, as the file has it.
    ///   - name: What the page calls it.
    /// - Returns: The page.
    /// - Throws: `ReportError` where the page cannot be made, which is a fault of this program.
    static func page(of json: String, named name: String = "report.json") throws(ReportError) -> HTMLPage {
        do throws(HTMLReportError) {
            return try HTMLPage(Array(json.utf8), named: name)
        } catch {
            throw ReportError(.notAReport, "\(fileName): the page cannot be made: \(error)")
        }
    }

    /// What is said of a page that was written into a folder: how the whole ended, and where the page lies.
    static func words(of page: HTMLPage, in folder: String) -> String {
        "\(page.summary): \(folder)/\(fileName)\n"
    }
}
