import Domain
import ModelComparison
import Scenarios
import Shards

/// The sessions that `rank` is given, one block after the other, of a shard only its own.
///
/// Of a pipe a block is what has arrived, so that each session is ranked as it comes; no session is remembered then, and
/// one that comes twice is ranked twice.
struct RankedSessions: ~Copyable {
    /// A session with its place in the file.
    struct Entry {
        /// Its number in the file, from 0.
        let number: Int
        /// The session without what is held out.
        let session: RecordedSession
    }

    /// How many sessions are handed over at a time.
    private static let blockSize = 4_800

    private var stream: SessionStream
    private let isPipe: Bool
    private let rule: HoldOut
    private let isHeldOut: Bool
    /// How many sessions there were, those of other shards included.
    var count: Int { stream.count }
    /// How many of those that were handed over have no more ratings than are held out.
    private(set) var short = 0

    /// Opens the sessions.
    ///
    /// - Parameters:
    ///   - path: The file, or `-`.
    ///   - last: How many of each session's last ratings are held out; `nil` for none.
    ///   - shard: The shard whose sessions are wanted; `nil` for all.
    /// - Throws: `ScenarioError` where it cannot be opened.
    init(_ path: String, holdingOut last: Int?, shard: Shard?) throws(ScenarioError) {
        isPipe = InputFile.isStream(path)
        stream = try SessionStream(
            path,
            refusesRepeats: !isPipe,
            where: shard.map { shard in { shard.owns($0.text) } }
        )
        rule = HoldOut(last: last ?? 0)
        isHeldOut = last != nil
    }

    /// The next sessions; none at the end.
    ///
    /// - Throws: `ScenarioError` with file, line and field.
    mutating func next() throws(ScenarioError) -> [Entry] {
        var block: [Entry] = []
        while block.count < Self.blockSize, let session = try stream.next() {
            if isHeldOut, session.ratings.count <= rule.last { short += 1 }
            block.append(Entry(number: stream.count - 1, session: rule.split(session).kept))
            if isPipe, !stream.hasArrived { break }
        }
        return block
    }
}
