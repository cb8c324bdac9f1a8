import Domain
import GoldenReview
import Goldens
import Replay
import SafeText
import Synchronization

/// Puts what a run ranked otherwise than a golden beside it, for a person to review.
///
/// Scenarios that run side by side may name the same golden, whose file of pending differences is read and written by one
/// of them at a time.
final class PendingKeeper: Sendable {
    private let turn = Mutex(())

    /// Keeps differences.
    ///
    /// - Returns: The command line that walks a person through them.
    /// - Throws: What reading the golden and writing beside it throws.
    func keep(_ differences: GoldenDifferences) throws -> String {
        try turn.withLock { _ in
            let file = try GoldenFile(differences.path)
            let maker = GoldenMaker.coldstart(version: Version.text)
            let files = differences.files
            let found =
                (files.isEmpty ? [] : [PendingEntry(files: files, by: maker)])
                + differences.check.differences.map { PendingEntry($0, by: maker) }
            _ = try file.keep(
                found,
                of: differences.check,
                inputs: differences.inputs,
                when: Person.now,
                command: differences.command,
                writes: true
            )
            return ShellCommand(["coldstart", "golden", "review", file.path]).description
        }
    }
}
