/// A comment that keeps findings from being reported: `# coldstart-lint: disable=W9 reason`.
struct Suppression: Sendable {
    /// The rules.
    let rules: [String]
    /// The reason.
    let reason: String
    /// The lines it is about, from 0.
    let lines: ClosedRange<Int>
}

/// A finding that a comment keeps from being reported.
package struct SuppressedFinding: Hashable, Sendable {
    /// The finding.
    package let finding: LintFinding
    /// The reason that the comment gives.
    package let reason: String
}

/// Finds the comments of a file that suppress findings.
enum SuppressionReader {
    private static let mark = Array("coldstart-lint:".utf8)

    /// Returns the suppressions that count, and what is wrong with the others.
    ///
    /// A comment at the end of a line is about that line; one that stands alone is about the next line and the block
    /// below it.
    ///
    /// - Complexity: O(*n*) in the length of the file.
    static func read(_ file: SourceFile) -> (suppressions: [Suppression], problems: [FindingDraft]) {
        guard file.bytes.firstRange(of: mark) != nil else { return ([], []) }
        var suppressions: [Suppression] = []
        var problems: [FindingDraft] = []
        for line in 0..<file.lineCount {
            let range = file.rangeOfLine(line)
            guard let found = file.bytes[range].firstRange(of: mark),
                let sign = comment(before: found.lowerBound, in: file, range)
            else { continue }
            let place = found.lowerBound..<range.upperBound
            switch parse(file.text(found.upperBound..<range.upperBound)) {
            case .failure(let problem): problems.append(FindingDraft(place, problem.message))
            case .success(let (rules, reason)):
                let isAlone = file.indentation(ofLine: line).map { range.lowerBound + $0 == sign } ?? false
                let lines = isAlone ? linesBelow(line, file) : line...line
                suppressions.append(Suppression(rules: rules, reason: reason, lines: lines))
            }
        }
        return (suppressions, problems)
    }

    private struct Problem: Error {
        let message: String
    }

    private static func parse(_ text: String) -> Result<([String], String), Problem> {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first, first.hasPrefix("disable=") else {
            return .failure(Problem(message: "expected `disable=RULE reason` after `coldstart-lint:`"))
        }
        var rules: [String] = []
        for id in first.dropFirst("disable=".count).split(separator: ",").map(String.init) {
            guard let rule = LintRule.named(id) else {
                return .failure(Problem(message: "there is no rule \"\(id)\"; coldstart lint --explain lists them"))
            }
            rules.append(rule.id)
        }
        let reason = words.dropFirst().joined(separator: " ")
        guard !rules.isEmpty, !reason.isEmpty else {
            return .failure(
                Problem(message: "the suppression gives no reason, so it does not count: write why after it")
            )
        }
        return .success((rules, reason))
    }

    /// Returns where the comment begins in which a byte stands.
    private static func comment(before offset: Int, in file: SourceFile, _ line: Range<Int>) -> Int? {
        var start = offset
        while start > line.lowerBound, file.bytes[start - 1] == 0x20 || file.bytes[start - 1] == 0x09 { start -= 1 }
        guard start > line.lowerBound else { return nil }
        if file.bytes[start - 1] == UInt8(ascii: "#") { return start - 1 }
        let isSlashes = start - 2 >= line.lowerBound && file.bytes[start - 2..<start].elementsEqual("//".utf8)
        return isSlashes ? start - 2 : nil
    }

    private static func linesBelow(_ line: Int, _ file: SourceFile) -> ClosedRange<Int> {
        var next = line + 1
        while next < file.lineCount {
            let range = file.rangeOfLine(next)
            if let indentation = file.indentation(ofLine: next),
                file.bytes[range.lowerBound + indentation] != UInt8(ascii: "#")
            {
                return next...file.block(at: range.lowerBound + indentation).upperBound
            }
            next += 1
        }
        return line...line
    }
}
