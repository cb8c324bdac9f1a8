import ModelFiles

/// A part of a model bundle that can change on its own.
package enum BundlePart: String, Hashable, Sendable, Codable, CaseIterable {
    /// The factors and biases of the SVD model.
    case svd
    /// The weights and the configuration of T5.
    case checkpoint
    /// The SentencePiece model and what stands beside it.
    case tokenizer
    /// The map from movie ids to P5's internal ids.
    case idMap = "id map"

    /// The part that a file belongs to, by its name in a bundle's layout.
    package init(file name: String) {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        self =
            if name.hasPrefix("svd_5core/") {
                .svd
            } else if last == "datamaps.json" {
                .idMap
            } else if last == "spiece.model" || BundlePaths.tokenizerFiles.contains(last) {
                .tokenizer
            } else {
                .checkpoint
            }
    }

    /// The parts whose files differ between two bundles.
    ///
    /// - Parameters:
    ///   - old: SHA-256 of the files of one, by their names in a bundle's layout.
    ///   - new: The same of the other.
    /// - Returns: The parts.
    package static func changed(_ old: [String: String], _ new: [String: String]) -> [BundlePart] {
        let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
        let parts = Set(names.map { BundlePart(file: $0) })
        return allCases.filter(parts.contains)
    }
}
