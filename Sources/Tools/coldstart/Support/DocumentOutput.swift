import HTMLReport
import Reports

/// Where a command that reports one document at its end writes it: to standard output, to a folder, or to both.
struct DocumentOutput {
    /// The formats.
    private let formats: Set<OutputFormat>

    /// Reads `--format` and `--report-dir`.
    ///
    /// - Parameters:
    ///   - format: The value of `--format`, `nil` where it is not given.
    ///   - arguments: The options about the folder.
    ///   - what: What the command makes, with its article, which is no run.
    /// - Throws: The end with code 2 where the formats do not fit a document, or several have no folder.
    init(_ format: OutputFormats?, to arguments: ReportFolderArguments, of what: String) throws {
        let defaults: Set<OutputFormat> = arguments.reportDir == nil ? [.human] : [.human, .json, .junit]
        formats = format?.resolved(from: defaults) ?? defaults
        if formats.contains(.jsonl) { throw CommandEnd.usage("--format jsonl: \(what) is no run; use json") }
        if formats.count > 1, arguments.reportDir == nil {
            throw CommandEnd.usage("--format with several formats needs --report-dir, the folder for the files")
        }
    }

    /// The formats of files.
    var files: Set<ReportFolder.Format> { Set(formats.compactMap(\.file)) }

    /// The names of the files.
    var fileNames: [String] {
        (files.map(\.fileName) + (formats.contains(.html) ? [DocumentPage.fileName] : [])).sorted()
    }

    /// Writes the document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - folder: The folder, `nil` where there is none.
    ///   - console: Standard output.
    ///   - lines: The document for people, whose lines are at most so many columns wide.
    /// - Throws: `ReportError` where something cannot be written.
    func write(
        _ document: some ReportDocument,
        to folder: ReportFolder?,
        _ console: Console,
        lines: (_ columns: Int) -> [StyledLine]
    ) throws {
        // The files first: they are whole also where nobody reads the rest.
        if let folder { try folder.write(document, as: files) }
        let page = formats.contains(.html) ? try DocumentPage.page(of: document.json) : nil
        if let page, let folder { try folder.write(page.text, to: DocumentPage.fileName) }
        if formats.contains(.human) {
            try console.write(lines(console.style.columns))
        } else if folder == nil, let page {
            try console.output.write(page.text)
        } else if let folder, let page {
            try console.output.write(DocumentPage.words(of: page, in: folder.path))
        } else if folder == nil, let file = files.first {
            try console.output.write(file == .json ? document.json : document.junit)
        }
    }
}
