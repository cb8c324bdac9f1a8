import ArgumentParser
import Reports

/// The reports that `--format` asks for.
enum OutputFormat: String, CaseIterable {
    /// Text for people, on standard output.
    case human
    /// `report.json`.
    case json
    /// `report.jsonl`.
    case jsonl
    /// `junit.xml`.
    case junit
    /// `report.html`, which is made of `report.json`.
    case html

    /// Those that a report folder gets where nothing is said: a page is asked for by name.
    static let ofFolders: Set<OutputFormat> = [.human, .json, .jsonl, .junit]

    /// The format of a file that is written from the results, `nil` for `human` and for `html`.
    var file: ReportFolder.Format? {
        switch self {
        case .human, .html: nil
        case .json: .json
        case .jsonl: .jsonl
        case .junit: .junit
        }
    }
}

/// The value of `--format`: names separated by commas; `~name` takes one away from what would be written otherwise.
struct OutputFormats: ExpressibleByArgument, Sendable {
    private let added: [OutputFormat]
    private let removed: [OutputFormat]

    init?(argument: String) {
        var added: [OutputFormat] = []
        var removed: [OutputFormat] = []
        for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
            if name.hasPrefix("~"), let format = OutputFormat(rawValue: String(name.dropFirst())) {
                removed.append(format)
            } else if let format = OutputFormat(rawValue: String(name)) {
                added.append(format)
            } else {
                return nil
            }
        }
        self.added = added
        self.removed = removed
    }

    /// The formats to write, given those that would be written if nothing had been asked for.
    func resolved(from defaults: Set<OutputFormat>) -> Set<OutputFormat> {
        (added.isEmpty ? defaults : Set(added)).subtracting(removed)
    }
}
