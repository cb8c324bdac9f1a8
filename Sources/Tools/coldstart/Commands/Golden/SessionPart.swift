import ArgumentParser
import Domain

/// A part of the sessions: some by name, or one of several shares.
struct SessionPart: ParsableArguments {
    @Option(help: ArgumentHelp("Only this session; may be repeated.", valueName: "id"))
    var session: [String] = []

    @Option(help: ArgumentHelp("Only the i-th of n shares of the sessions, such as 2/4.", valueName: "i/n"))
    var shard: Shard?

    /// One of several shares, dealt out in turn.
    struct Shard: ExpressibleByArgument, Hashable {
        /// Which one, from 1.
        let number: Int
        /// Of how many.
        let count: Int

        init?(argument: String) {
            let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let number = parts[0], let count = parts[1], (1...max(1, count)).contains(number),
                count >= 1
            else { return nil }
            self.number = number
            self.count = count
        }
    }

    /// Whether all sessions are asked for.
    var isWhole: Bool { session.isEmpty && (shard.map { $0.count == 1 } ?? true) }

    /// What part it is.
    var description: String {
        let names = session.isEmpty ? [] : ["--session"]
        return (names + (shard.map { ["--shard \($0.number)/\($0.count)"] } ?? [])).joined(separator: ", ")
    }

    /// Chooses the part.
    ///
    /// - Throws: The end with code 2 for a session that is not there.
    func choose<Session>(from sessions: [Session], id: (Session) -> SessionID) throws -> [Session] {
        let wanted = try session.map { text in
            guard let wanted = SessionID(text), sessions.contains(where: { id($0) == wanted }) else {
                throw CommandEnd.usage("--session \(text): there is no such session")
            }
            return wanted
        }
        return sessions.enumerated()
            .filter { index, session in
                (wanted.isEmpty || wanted.contains(id(session)))
                    && (shard.map { index % $0.count == $0.number - 1 } ?? true)
            }
            .map(\.element)
    }

    /// Chooses the part of recorded sessions.
    func choose(from sessions: [RecordedSession]) throws -> [RecordedSession] { try choose(from: sessions, id: \.id) }
}
