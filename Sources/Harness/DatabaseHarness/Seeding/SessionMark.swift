/// How the sessions that Coldstart puts into a database are marked in `user_sessions.user_id`.
///
/// No other program writes these texts, and whoever finds one knows whether the run that wrote it may still be going
/// on.
package enum SessionMark: Hashable, Sendable {
    /// Of a run that holds a lock for as long as it lives: `coldstart-` and the lock's key, sixteen hexadecimal digits.
    case running(key: UInt64)
    /// Of a run behind a pooler, where a lock would be another client's: `coldstart-unguarded`.
    case unguarded
    /// Left on purpose, by `--keep-rows`: `coldstart-kept`.
    case kept
    /// Without a mark of the run: `coldstart`, in databases of a run's own.
    case unmarked

    private static let name = "coldstart"

    /// The regular expression, PostgreSQL's, of all marks.
    static let pattern = "^coldstart(-unguarded|-kept|-[0-9a-f]{16})?$"

    /// The text in the column.
    var userID: String {
        switch self {
        case .running(let key):
            let digits = String(key, radix: 16)
            return "\(Self.name)-\(String(repeating: "0", count: 16 - digits.count))\(digits)"
        case .unguarded: return "\(Self.name)-unguarded"
        case .kept: return "\(Self.name)-kept"
        case .unmarked: return Self.name
        }
    }

    /// Reads a text of the column, `nil` where it is no mark.
    init?(userID: String) {
        switch userID {
        case Self.unguarded.userID: self = .unguarded
        case Self.kept.userID: self = .kept
        case Self.unmarked.userID: self = .unmarked
        default:
            let digits = userID.dropFirst(Self.name.count + 1)
            guard digits.utf8.count == 16, let key = UInt64(digits, radix: 16) else { return nil }
            let mark = Self.running(key: key)
            guard mark.userID == userID else { return nil }
            self = mark
        }
    }
}
