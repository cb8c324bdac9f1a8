/// SHA-256 of every model file that a golden was made from, by path relative to the bundle.
package struct GoldenFingerprints: Hashable, Sendable {
    /// A file that is not the one the golden was made from.
    package struct Mismatch: Hashable, Sendable, CustomStringConvertible {
        /// The file's path relative to the bundle.
        package let path: String
        /// The golden's digest; `nil` where the golden was made without the file.
        package let expected: String?
        /// The digest of the file in use; `nil` where it was not used.
        package let actual: String?

        package var description: String {
            switch (expected, actual) {
            case (let expected?, let actual?):
                "\(path) is not the file of the golden: SHA-256 \(actual.prefix(12))…, expected \(expected.prefix(12))…"
            case (_?, nil): "\(path) was used for the golden, and is not used here"
            default: "\(path) is used here, and was not used for the golden"
            }
        }
    }

    /// The digests, 64 hexadecimal digits each, by path.
    package let files: [String: String]

    /// Creates fingerprints.
    package init(files: [String: String]) {
        self.files = files
    }

    /// Returns every file that differs from the golden's, is missing or was added, in the order of the paths.
    ///
    /// - Parameter actual: The digests of the files in use, by path relative to the bundle.
    /// - Returns: One mismatch for each such file; none where the bundle is the golden's.
    /// - Complexity: O(*n* log *n*) in the number of files.
    package func mismatches(actual: [String: String]) -> [Mismatch] {
        Set(files.keys).union(actual.keys).sorted()
            .compactMap { path in
                let expected = files[path]?.lowercased()
                let found = actual[path]?.lowercased()
                return expected == found ? nil : Mismatch(path: path, expected: expected, actual: found)
            }
    }
}

extension GoldenHeader {
    /// Returns every file that is not the one the golden's rankings follow from; for those of SVD alone P5's do not count.
    ///
    /// - Parameter actual: The digests of the files in use, by path relative to the bundle.
    /// - Returns: The mismatches in the order of the paths.
    /// - Complexity: O(*n* log *n*) in the number of files.
    package func mismatches(actual: [String: String]) -> [GoldenFingerprints.Mismatch] {
        fingerprints.mismatches(actual: actual).filter { state == .full || $0.path.hasPrefix("svd_5core/") }
    }
}
