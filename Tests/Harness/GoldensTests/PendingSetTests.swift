import Domain
import Goldens
import Testing

@Suite("Pending differences of goldens")
struct PendingSetTests {
    private static let ids = (1...4).compactMap { SessionID("0b9c1a52-7d1f-4c58-9a8e-3f60d6a1c00\($0)") }
    private let ann = PendingDecision(who: "Ann", when: "2026-11-01T10:00:00Z", reason: nil)

    private static func session(_ number: Int, _ svd: [(MovieID, Double)], _ p5: [(MovieID, Double)]) -> GoldenSession {
        let session = GoldenSession(
            id: ids[number - 1],
            svd: GoldenFixture.ranking(.svd, svd),
            p5: GoldenFixture.ranking(.p5, p5),
            scoring: .text
        )
        guard let session else { preconditionFailure("no golden can hold the rankings of session \(number)") }
        return session
    }

    private static let header = GoldenHeader(
        maker: GoldenMaker(program: "ranker", version: "2"),
        wholeWord: false,
        fingerprints: GoldenFingerprints(files: ["V.npy": GoldenFixture.digest]),
        catalogueSHA256: GoldenFixture.digest,
        sessionsSHA256: GoldenFixture.digest
    )

    /// Three sessions: of the first, movies `a` and `b` are a tie.
    private static let golden = GoldenRankings(
        file: "demo.jsonl",
        header: header,
        sessions: [
            session(1, [("a", 1), ("b", 0.99995), ("c", 0.5)], [("a", 8), ("b", 7), ("c", 6)]),
            session(2, [("a", 1), ("b", 0.9)], [("b", 8), ("a", 7)]),
            session(3, [("a", 1)], [("a", 8)]),
        ]
    )

    private func difference(_ now: GoldenSession) -> SessionDifference {
        SessionDifference(of: now, from: Self.golden)
    }

    @Test("A swap inside a tie class is equal and counted; what differs has its class of risk")
    func risks() {
        let swapped = Self.session(1, [("b", 1), ("a", 0.99995), ("c", 0.5)], [("a", 8), ("b", 7), ("c", 6)])
        #expect(difference(swapped).isEqual)
        let scores = Self.session(1, [("a", 1.1), ("b", 1.09995), ("c", 0.6)], [("a", 8), ("b", 7), ("c", 6)])
        #expect(difference(scores).risk == .low && difference(scores).summary == "svd: 3 scores")
        let across = Self.session(2, [("b", 0.9), ("a", 0.8)], [("b", 8), ("a", 7)])
        #expect(difference(across).risk == .medium)
        #expect(difference(across).summary.contains("1 across a margin, 1 scores, first at rank 1"))
        let candidate = Self.session(2, [("a", 1), ("z", 0.9)], [("a", 7)])
        #expect(difference(candidate).risk == .high)
        let fewer = Self.session(2, [("a", 1)], [("a", 7)])
        #expect(difference(fewer).risk == .high)
        let new = Self.session(4, [("a", 1)], [("a", 8)])
        #expect(difference(new).risk == .high && !difference(new).isEqual && !difference(new).isKnown)
        #expect(GoldenRisk.low < .medium && GoldenRisk.medium < .high)
    }

    @Test("A check counts what ties explain, what is missing and what nothing was compared with")
    func check() {
        var check = GoldenCheck(with: Self.golden)
        check.add(Self.session(1, [("b", 1), ("a", 0.99995), ("c", 0.5)], [("a", 8), ("b", 7), ("c", 6)]))
        check.add(Self.session(4, [("a", 1)], [("a", 8)]))
        #expect(check.compared == 2 && check.equal == 1 && check.ranksExplainedByTies == 2)
        #expect(check.missing == [Self.ids[3]] && check.differences.count == 1)
        #expect(check.unreferenced == [Self.ids[1], Self.ids[2]])
    }

    private static let own = GoldenMaker.coldstart(version: "0.1.0")
    private static let changed = session(2, [("b", 1.1), ("a", 0.9)], [("b", 8), ("a", 7)])

    private static let pending = PendingHeader(
        goldenSHA256: GoldenFixture.digest,
        when: "2026-11-01T10:00:00Z",
        inputs: GoldenInputs(
            bundle: GoldenFingerprints(files: ["V.npy": String(repeating: "b2", count: 32)]),
            catalogueSHA256: nil,
            sessionsSHA256: nil
        ),
        command: "coldstart golden check --golden 'my demo.jsonl'"
    )

    @Test("What is written reads back the same, one line at a time or all at once")
    func readsBack() throws {
        let entries = [
            PendingEntry(files: ["V.npy is not the file of the golden"], by: Self.own),
            PendingEntry(difference(Self.changed), by: Self.own),
            PendingEntry(difference(Self.session(4, [("a", 1)], [("a", 8)])), by: Self.own)
                .rejected(
                    .init(who: "Ann", when: "2026-11-01T10:00:00Z", reason: "too few \"movies\"")
                ),
        ]
        let text = PendingFile.text(Self.pending, entries, of: .full)
        let file = try PendingFile(parsing: text.utf8, file: "demo.jsonl.pending")
        #expect(file.header == Self.pending && file.count == 3)
        #expect(try file.entries(of: Self.header) == entries)
        #expect(try file.entry(at: 2, of: Self.header) == entries[2])
        // Rankings of version 2 may stand beside a golden of version 1.
        let first = try GoldenFixture.parse("\(GoldenFixture.header)\n\(GoldenFixture.session)").header
        #expect(try file.entries(of: first) == entries)
        let twice = text + text.split(separator: "\n")[1] + "\n"
        let error = #expect(throws: GoldenError.self) {
            try PendingFile(parsing: twice.utf8, file: "p").entries(of: Self.header)
        }
        #expect(error?.code == .duplicate && error?.line == 5)
        for wrong in ["", "{}", text.replacing("golden-pending", with: "golden"), "<<<<<<< ours\n" + text] {
            #expect(throws: GoldenError.self) { try PendingFile(parsing: wrong.utf8, file: "p") }
        }
        let other = text.replacing(#""id":"files""#, with: #""id":"file""#)
        #expect(throws: GoldenError.self) { try PendingFile(parsing: other.utf8, file: "p").entries(of: Self.header) }
    }

    @Test("A check replaces what it looked at, keeps what it did not, and remembers what was rejected")
    func updates() throws {
        let other = Self.session(3, [("a", 2)], [("a", 8)])
        var set = PendingSet()
        set.update(
            [
                PendingEntry(difference(Self.changed), by: Self.own), PendingEntry(difference(other), by: Self.own),
                PendingEntry(files: ["V.npy"], by: Self.own),
            ],
            checked: Set(Self.ids),
            knowsFiles: true
        )
        #expect(set.entries.map(\.id) == ["files", Self.ids[1].text, Self.ids[2].text])
        try set.reject([Self.ids[1].text], by: ann)
        #expect(set.open.count == 2 && set.rejected.map(\.rejection?.who) == ["Ann"])
        // Only the second session is looked at again: it still differs as it did, so that it stays rejected.
        set.update([PendingEntry(difference(Self.changed), by: Self.own)], checked: [Self.ids[1]], knowsFiles: false)
        #expect(set.rejected.map(\.id) == [Self.ids[1].text] && set.open.count == 2)
        let otherwise = Self.session(2, [("b", 1.2), ("a", 0.9)], [("b", 8), ("a", 7)])
        set.update([PendingEntry(difference(otherwise), by: Self.own)], checked: [Self.ids[1]], knowsFiles: false)
        #expect(set.rejected.isEmpty && set.open.count == 3)
        // A check that knows no model files may still find another catalogue.
        set.update([PendingEntry(files: ["catalogue"], by: Self.own)], checked: [], knowsFiles: false)
        #expect(set.entries.filter { $0.id == "files" }.map(\.summary) == ["catalogue"])
        set.update([], checked: Set(Self.ids), knowsFiles: true)
        #expect(set.entries.isEmpty)
    }

    @Test("Accepting needs a reason where candidates changed, and changes nothing without one")
    func accepts() throws {
        let fewer = Self.session(2, [("a", 1)], [("a", 7)])
        var set = PendingSet([
            PendingEntry(difference(fewer), by: Self.own), PendingEntry(files: ["V.npy"], by: Self.own),
        ])
        var document = GoldenDocument(file: "demo", header: Self.header, sessions: Self.golden.sessions)
        let before = document.text
        let ids: Set = [Self.ids[1].text, "files"]
        let refusal = #expect(throws: PendingError.self) {
            try set.accept(ids, by: ann, of: Self.pending, into: &document, state: .full)
        }
        #expect(refusal?.code == .needsReason && document.text == before && set.entries.count == 2)
        #expect(PendingDecision(who: "Ann", when: "", reason: " \n").reason == nil)
        let unknown = #expect(throws: PendingError.self) { try set.reject(["nothing"], by: ann) }
        #expect(unknown?.code == .notPending)
        let reasoned = PendingDecision(who: "Ann", when: "2026-11-01T10:00:00Z", reason: "fewer movies")
        try set.accept(ids, by: reasoned, of: Self.pending, into: &document, state: .full)
        #expect(set.entries.isEmpty)
        let after = try GoldenRankings(parsing: document.text.utf8, file: "demo")
        let record = try #require(after.session(Self.ids[1])?.accepted.first)
        #expect(record.who == "Ann" && record.risk == .high && record.reason == "fewer movies")
        #expect(record.maker.isColdstart && after.caution?.contains("1 of 3 sessions") == true)
        #expect(after.header.fingerprints == Self.pending.inputs.bundle)
        var check = GoldenCheck(with: after)
        check.add(fewer)
        #expect(check.equal == 1)
    }

    @Test("Each difference keeps who made its rankings, also beside those of another program")
    func makers() throws {
        let other = GoldenMaker(program: "ranker", version: "3")
        let third = Self.session(3, [("a", 2)], [("a", 8)])
        var set = PendingSet([PendingEntry(difference(Self.changed), by: Self.own)])
        set.update([PendingEntry(difference(third), by: other)], checked: [Self.ids[2]], knowsFiles: false)
        var document = GoldenDocument(file: "demo", header: Self.header, sessions: Self.golden.sessions)
        let ids = Set(set.entries.map(\.id))
        try set.accept(ids, by: ann, of: Self.pending, into: &document, state: .full)
        let golden = try GoldenRankings(parsing: document.text.utf8, file: "demo")
        #expect(golden.session(Self.ids[1])?.accepted.map(\.maker) == [Self.own])
        #expect(golden.session(Self.ids[2])?.accepted.map(\.maker) == [other])
        #expect(golden.caution?.contains("1 of 3 sessions") == true)
    }

    @Test("A golden's settings are those that Coldstart would rank under, and back")
    func settings() throws {
        let inputs = GoldenInputs(bundle: nil, catalogueSHA256: nil, sessionsSHA256: nil)
        var soft = SoftPromptSettings()
        soft.seed = 9
        for settings in [
            P5Settings(), P5Settings(beams: 3), P5Settings(usesWholeWords: true, scoring: .expected),
            P5Settings(generationLimit: 8, beams: 2, mode: .softPrompt(soft)),
        ] {
            let header = GoldenHeader(
                maker: .coldstart(version: "1"),
                state: .full,
                settings: settings,
                scoreFormula: .biased,
                inputs: inputs
            )
            #expect(header.settings(from: P5Settings(batch: 3))?.batch == 3)
            #expect(header.settings(from: P5Settings()) == settings && header.scoreFormula == .biased)
        }
        let strange = GoldenHeader(
            maker: .coldstart(version: "1"),
            wholeWord: false,
            mode: "telepathy",
            svdRanking: "magic",
            fingerprints: GoldenFingerprints(files: [:])
        )
        #expect(strange.settings(from: P5Settings()) == nil && strange.scoreFormula == nil)
    }

    @Test("Single sessions of a golden are found without the others being read")
    func lines() throws {
        let text = GoldenDocument(file: "demo", header: Self.header, sessions: Self.golden.sessions).text
        let broken = text.replacing(Self.ids[0].text, with: "no id")
        let lines = try GoldenLines(parsing: broken.utf8, file: "demo")
        #expect(try lines.session(Self.ids[1]) == Self.golden.sessions[1])
        #expect(try lines.session(Self.ids[3]) == nil && lines.header.maker == Self.header.maker)
        #expect(throws: GoldenError.self) { try GoldenLines(parsing: "".utf8, file: "demo") }
    }
}
