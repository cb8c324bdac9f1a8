/// The files that rankings follow from, by their SHA-256.
package struct GoldenInputs: Hashable, Sendable {
    /// The model files; `nil` where they are not known.
    package let bundle: GoldenFingerprints?
    /// The catalogue; `nil` where it is not known.
    package let catalogueSHA256: String?
    /// The sessions; `nil` where they are not known.
    package let sessionsSHA256: String?

    /// Creates inputs.
    package init(bundle: GoldenFingerprints?, catalogueSHA256: String?, sessionsSHA256: String?) {
        self.bundle = bundle
        self.catalogueSHA256 = catalogueSHA256
        self.sessionsSHA256 = sessionsSHA256
    }

    /// Returns the same with what others know where this does not.
    package func completed(by other: GoldenInputs) -> GoldenInputs {
        GoldenInputs(
            bundle: bundle ?? other.bundle,
            catalogueSHA256: catalogueSHA256 ?? other.catalogueSHA256,
            sessionsSHA256: sessionsSHA256 ?? other.sessionsSHA256
        )
    }

    /// Returns what is not as the golden's header states it, one line for each file; what is not known is left out.
    ///
    /// - Complexity: O(*n* log *n*) in the number of files.
    package func changes(from header: GoldenHeader) -> [String] {
        let files = bundle.map { header.mismatches(actual: $0.files).map(\.description) } ?? []
        let others = [
            ("the catalogue", header.catalogueSHA256, catalogueSHA256),
            ("the sessions file", header.sessionsSHA256, sessionsSHA256),
        ]
        return files
            + others.compactMap { name, expected, actual in
                guard let actual, actual.lowercased() != expected else { return nil }
                return "\(name) is not the golden's: SHA-256 \(actual.prefix(12))…, expected \(expected.prefix(12))…"
            }
    }
}
