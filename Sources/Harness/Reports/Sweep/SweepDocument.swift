package import Checks
import FaultSweep

/// The JSON document of a sweep.
package struct SweepDocument: ReportDocument, Codable, Hashable, Sendable {
    /// One cell.
    package struct Cell: Codable, Hashable, Sendable {
        /// The boundary's name.
        package let boundary: String
        /// The fault's name.
        package let fault: String
        /// `passed`, `failed`, `inconclusive` or `set_aside`.
        package let outcome: String
        /// The cell in a few words.
        package let summary: String
        /// What is wrong, or why there is no verdict.
        package let findings: [String]
        /// The HTTP status of the request that met the fault, `null` where no answer came.
        package let status: Int?
        /// The message of an error, or why no answer came.
        package let detail: String?
        /// The rows before.
        package let rowsBefore: Int
        /// The rows after.
        package let rowsAfter: Int
        /// The status of a request once the fault was over.
        package let recoveryStatus: Int?
        /// The proofs that the fault struck.
        package let receipts: [String]
    }

    /// Always `coldstart-sweep-faults`.
    package private(set) var kind = "coldstart-sweep-faults"
    /// The version of the format.
    package let schemaVersion: Int
    /// The version of Coldstart.
    package let toolVersion: String
    /// The scenario's name.
    package let scenario: String
    /// The exit code.
    package let exitCode: Int32
    /// The cells in the order in which they ran.
    package let cells: [Cell]

    /// The document of a matrix.
    package init(_ matrix: SweepMatrix, toolVersion: String) {
        schemaVersion = 1
        self.toolVersion = toolVersion
        scenario = matrix.scenario
        exitCode = matrix.exitCode.rawValue
        cells = matrix.cells.map { cell in
            Cell(
                boundary: cell.observation.boundary.name,
                fault: cell.observation.fault.rawValue,
                outcome: cell.verdict.outcome.rawValue,
                summary: cell.verdict.summary,
                findings: cell.verdict.findings,
                status: cell.observation.answer?.status,
                detail: cell.observation.answer?.detail,
                rowsBefore: cell.observation.earlier.count,
                rowsAfter: cell.observation.after.count,
                recoveryStatus: cell.observation.recovery?.status,
                receipts: cell.observation.receipts
            )
        }
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }

    /// The document as JUnit XML: a suite for the sweep, a case for each cell.
    package var junit: String {
        let cases = cells.map { cell in
            var element = XMLElement(
                "testcase",
                [("classname", scenario), ("name", "\(cell.boundary) × \(cell.fault)")]
            )
            let attributes = [("message", cell.findings.first ?? cell.summary)]
            let text = (cell.findings + [cell.detail].compactMap(\.self) + cell.receipts).joined(separator: "\n")
            switch cell.outcome {
            case "passed": break
            case "set_aside": element.children = [XMLElement("skipped", attributes)]
            case "failed": element.children = [XMLElement("failure", attributes, text: text)]
            default: element.children = [XMLElement("error", [("type", "inconclusive")] + attributes, text: text)]
            }
            return element
        }
        func count(_ name: String) -> String { String(cases.count { $0.children.contains { $0.name == name } }) }
        let counts = [
            ("name", "sweep-faults " + scenario), ("tests", String(cases.count)), ("failures", count("failure")),
            ("errors", count("error")), ("skipped", count("skipped")),
        ]
        let suite = XMLElement("testsuite", counts, children: cases)
        return XMLElement("testsuites", counts, children: [suite]).document
    }
}
