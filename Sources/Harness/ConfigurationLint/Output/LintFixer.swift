/// Writes corrections into a text, and changes nothing else of it.
package enum LintFixer {
    /// Returns a text with the certain corrections of findings.
    ///
    /// Of corrections that share bytes the first one counts.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - findings: What was found in it.
    /// - Returns: The text, and how many corrections are in it.
    /// - Complexity: O(*n* + *m* log *m*) in the length of the text and the number of corrections.
    package static func corrected(_ bytes: [UInt8], _ findings: [LintFinding]) -> (bytes: [UInt8], count: Int) {
        var taken: [LintFix.Edit] = []
        var count = 0
        let fixes = findings.compactMap(\.fix).filter(\.isCertain)
        for fix in fixes.sorted(by: { $0.edits[0].range.lowerBound < $1.edits[0].range.lowerBound }) {
            let isFree = fix.edits.allSatisfy { edit in
                !taken.contains { $0.range.overlaps(edit.range) || $0.range == edit.range }
            }
            guard isFree else { continue }
            taken += fix.edits
            count += 1
        }
        var result: [UInt8] = []
        var offset = 0
        for edit in taken.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result += bytes[offset..<edit.range.lowerBound]
            result += edit.replacement.utf8
            offset = edit.range.upperBound
        }
        return (result + bytes[offset...], count)
    }
}
