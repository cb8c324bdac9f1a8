/// The SHA-256 of a file, which says which model made a ranking.
package enum Fingerprint {
    /// Returns the SHA-256 of a file as 64 lower-case hexadecimal digits.
    ///
    /// - Throws: ``ModelFileError`` where the file cannot be read.
    /// - Complexity: O(*n*) in the size of the file; it is mapped, not copied.
    package static func sha256(path: String) throws(ModelFileError) -> String {
        let file = try MappedFile(path: path, access: .sequential)
        var hash = SHA256()
        file.withBytes { hash.update($0) }
        return hash.finalized()
    }

    /// Returns the SHA-256 of bytes in memory as 64 lower-case hexadecimal digits.
    ///
    /// - Complexity: O(*n*).
    package static func sha256(_ bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        Array(bytes).withUnsafeBytes { hash.update($0) }
        return hash.finalized()
    }

    /// Returns the fingerprints of the files of a bundle that exist, by their names in its layout.
    ///
    /// - Parameters:
    ///   - paths: Where the files are.
    ///   - isWanted: Whether a file is to be read, by its name.
    /// - Returns: The digests by name.
    /// - Throws: ``ModelFileError`` where one of them cannot be read.
    /// - Complexity: O(*n*) in the size of the files.
    package static func sha256(
        of paths: BundlePaths,
        where isWanted: (_ name: String) -> Bool = { _ in true }
    ) throws(ModelFileError) -> [String: String] {
        var fingerprints: [String: String] = [:]
        for file in paths.modelFiles where isWanted(file.name) {
            fingerprints[file.name] = try sha256(path: file.path)
        }
        return fingerprints
    }
}
