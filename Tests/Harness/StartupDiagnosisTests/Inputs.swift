import Foundation

/// The inputs of a case of the fixtures.
enum Inputs {
    /// The files of a folder that are not about the case.
    static func of(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { !["expect.yaml", "what.md"].contains($0) }
            .map { folder + "/" + $0 }
    }
}
