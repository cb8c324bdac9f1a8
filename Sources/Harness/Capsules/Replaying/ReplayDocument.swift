import Checks
package import Reports

/// The JSON form of a replayed capsule.
///
/// Keys: `schemaVersion`, `kind` (always `coldstart-replay`), `toolVersion`, `exitCode`, `capsule` (`file`, `subject`,
/// `origin`, `toolVersion`), `parts` (`part`, `outcome`, `text`, `differences`) and `unknown`, what the capsule itself says
/// that it does not hold.
package struct ReplayDocument: Hashable, Sendable, Codable {
    /// The version of the document.
    package static let currentVersion = 1

    /// The capsule that was played.
    package struct Played: Hashable, Sendable, Codable {
        /// Its file.
        package var file: String
        /// What it is of.
        package var subject: String
        /// Where its content comes from.
        package var origin: Capsule.Origin
        /// The Coldstart that wrote it.
        package var toolVersion: String
    }

    /// The version of the document.
    package var schemaVersion = Self.currentVersion
    /// Always `coldstart-replay`.
    package var kind = "coldstart-replay"
    /// The version of Coldstart.
    package var toolVersion: String
    /// The exit code of the command.
    package var exitCode: Int32
    /// The capsule.
    package var capsule: Played
    /// What became of its parts.
    package var parts: [ReplayPart]
    /// What the capsule does not hold.
    package var unknown: [String]

    /// Describes a replay.
    package init(_ replay: CapsuleReplay, of capsule: Capsule, file: String, toolVersion: String) {
        self.toolVersion = toolVersion
        exitCode = replay.exitCode.rawValue
        self.capsule = Played(
            file: file,
            subject: capsule.subject,
            origin: capsule.origin,
            toolVersion: capsule.toolVersion
        )
        parts = replay.parts
        unknown = capsule.unknown
    }

    /// The document as JSON.
    package var json: String { ReportEncoding.pretty(self) }

    /// Returns the document for people.
    ///
    /// - Parameter width: The columns that a line may take.
    /// - Returns: The lines.
    package func lines(width: Int) -> [StyledLine] {
        let head = "\(capsule.subject), from a \(capsule.origin.rawValue), by Coldstart \(capsule.toolVersion)"
        var lines = StyledLine.wrapping(head, columns: width, role: .strong)
        for part in parts { lines += part.lines(width: width) }
        for text in unknown {
            lines += StyledLine.wrapping("not in the capsule: \(text)", columns: width - 2, role: .faint)
                .map { $0.indented(by: 2) }
        }
        return lines + StyledLine.closing(closing, exitCode: exitCode, columns: width)
    }

    private var closing: String {
        switch exitCode {
        case 0: "what was replayed comes out as the capsule says"
        case 7: "what was replayed comes out as the capsule says, and not all of it could be"
        default: "the capsule says otherwise"
        }
    }
}

extension ReplayPart {
    /// The part in a line, and what differs below it.
    fileprivate func lines(width: Int) -> [StyledLine] {
        let indentation = 28
        var texts = StyledLine.wrapping(text, columns: width - indentation)[...]
        var head = StyledLine("  " + part.rawValue)
        head.pad(to: 11)
        head.append(outcome.word, outcome.role)
        head.pad(to: indentation)
        if let first = texts.popFirst() { head.append(first) }
        let further = differences.flatMap { StyledLine.wrapping($0, columns: width - indentation, role: .bad) }
        return [head] + (texts + further).map { $0.indented(by: indentation) }
    }
}

extension ReplayPart.Outcome {
    /// The outcome in a word.
    fileprivate var word: String {
        switch self {
        case .same: "same"
        case .differs: "differs"
        case .carried: "no, only carried"
        case .open: "could not be"
        case .absent: "not there"
        }
    }

    /// How the word is written.
    fileprivate var role: StyledLine.Role {
        switch self {
        case .same: .good
        case .differs: .bad
        case .carried, .absent: .faint
        case .open: .doubtful
        }
    }
}
