/// The files that tests read, written by the independent reference.
package enum Fixtures {
    /// The top folder of the package.
    package static let packageDirectory: String =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

    /// Returns the path of a file below `Tests/Fixtures`.
    package static func path(_ relative: String) -> String {
        packageDirectory + "/Tests/Fixtures/" + relative
    }
}
