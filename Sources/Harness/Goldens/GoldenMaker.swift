/// The program that made rankings, and its version.
package struct GoldenMaker: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The program's name.
    package let program: String
    /// Its version; may be empty.
    package let version: String

    /// Creates a maker.
    package init(program: String, version: String) {
        self.program = program
        self.version = version
    }

    /// Reads a name and a version, such as `my-ranker 2.1`: the first word is the name, the rest the version.
    ///
    /// - Returns: `nil` where there is no word.
    package init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let name = words.first else { return nil }
        self.init(program: String(name), version: words.dropFirst().joined(separator: " "))
    }

    /// Returns the maker that stands for Coldstart itself in a version.
    package static func coldstart(version: String) -> GoldenMaker {
        GoldenMaker(program: coldstartName, version: version)
    }

    /// The maker of files of version 1, which are all the reference's.
    static let reference = GoldenMaker(program: "golden/reference", version: "")

    private static let coldstartName = "coldstart"

    /// Whether it is the program that compares with the golden, so that no other program has checked the rankings.
    package var isColdstart: Bool { program.lowercased() == Self.coldstartName }

    package var description: String { version.isEmpty ? program : "\(program) \(version)" }
}
