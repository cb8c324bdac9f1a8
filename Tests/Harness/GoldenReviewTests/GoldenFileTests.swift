import ColdstartTestSupport
import Domain
import GoldenReview
import Goldens
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite("A golden and its pending differences on disk")
struct GoldenFileTests {
    private let ids = GoldenReviewFixture.ids.map(\.text)

    private func bytes(_ path: String) -> Data? { FileManager.default.contents(atPath: path) }

    @Test("Accepting writes the golden, rejecting does not; what is left stays pending")
    func decides() throws {
        let fixture = try GoldenReviewFixture()
        let before = bytes(fixture.path)
        let rejected = try fixture.file.decide(
            accepting: [:],
            rejecting: [ids[1]: GoldenReviewFixture.decision("wrong")]
        )
        #expect(rejected.open.map(\.id) == [ids[0]] && rejected.rejected.map(\.rejection?.reason) == ["wrong"])
        #expect(bytes(fixture.path) == before)
        let rest = try fixture.file.decide(accepting: [ids[0]: GoldenReviewFixture.decision()], rejecting: [:])
        #expect(rest.open.isEmpty && rest.rejected.count == 1)
        let golden = try fixture.file.rankings()
        #expect(golden.session(GoldenReviewFixture.ids[0])?.svd.places[0].score == 2)
        #expect(golden.session(GoldenReviewFixture.ids[0])?.accepted.map(\.who) == ["Ann"])
        // The pending file is about the golden as it is now.
        let reason = GoldenReviewFixture.decision("on purpose")
        _ = try fixture.file.decide(accepting: [ids[1]: reason], rejecting: [:])
        #expect(try fixture.file.pending() == nil)
        #expect(bytes(fixture.path + ".pending") == nil)
        #expect(try fixture.file.rankings().session(GoldenReviewFixture.ids[1])?.svd.movies == ["a"])
    }

    @Test("A decision that cannot be taken writes nothing")
    func refuses() throws {
        let fixture = try GoldenReviewFixture()
        let before = (bytes(fixture.path), bytes(fixture.path + ".pending"))
        #expect(throws: PendingError.self) {
            try fixture.file.decide(
                accepting: [ids[0]: GoldenReviewFixture.decision(), ids[1]: GoldenReviewFixture.decision()],
                rejecting: [:]
            )
        }
        #expect(throws: PendingError.self) {
            try fixture.file.decide(accepting: [ids[2]: GoldenReviewFixture.decision()], rejecting: [:])
        }
        #expect(bytes(fixture.path) == before.0 && bytes(fixture.path + ".pending") == before.1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path).count == 2)
    }

    @Test("Differences about another state of the golden are not decided about")
    func changed() throws {
        let fixture = try GoldenReviewFixture()
        let document = GoldenDocument(
            file: "demo",
            header: GoldenReviewFixture.header,
            sessions: Array(GoldenReviewFixture.sessions.prefix(2))
        )
        try GoldenFile.create(document, at: fixture.path, replacing: true)
        let error = #expect(throws: GoldenFileError.self) {
            try fixture.file.decide(accepting: [ids[0]: GoldenReviewFixture.decision()], rejecting: [:])
        }
        #expect(error?.code == .changed && error?.message.contains("coldstart golden check") == true)
    }

    @Test("A golden that is missing says how to make one; one that is there is not written over")
    func missing() throws {
        let fixture = try GoldenReviewFixture(pending: [])
        let missing = #expect(throws: GoldenFileError.self) { try GoldenFile(fixture.folder.path + "/none.jsonl") }
        #expect(missing?.code == .missing && missing?.message.contains("coldstart golden new --golden") == true)
        let document = GoldenDocument(file: "x", header: GoldenReviewFixture.header, sessions: [])
        #expect(throws: GoldenFileError.self) {
            try GoldenFile.create(document, at: fixture.path, replacing: false)
        }
        // Without a session it would not read back.
        #expect(throws: GoldenError.self) { try GoldenFile.create(document, at: fixture.path, replacing: true) }
        #expect(try fixture.file.rankings().sessions.count == 3 && fixture.file.pending() == nil)
        let nothing = #expect(throws: GoldenFileError.self) {
            try fixture.file.decide(accepting: [:], rejecting: [:])
        }
        #expect(nothing?.code == .nothingPending)
    }

    @Test("Permissions stay, and behind a symbolic link the file that it leads to is written")
    func link() throws {
        let fixture = try GoldenReviewFixture()
        let link = fixture.folder.path + "/link.jsonl"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: fixture.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: fixture.path)
        try FileManager.default.moveItem(atPath: fixture.path + ".pending", toPath: link + ".pending")
        _ = try GoldenFile(link + ".pending")
            .decide(accepting: [ids[0]: GoldenReviewFixture.decision()], rejecting: [:])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == fixture.path)
        let mode = try FileManager.default.attributesOfItem(atPath: fixture.path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
        #expect(try fixture.file.rankings().session(GoldenReviewFixture.ids[0])?.accepted.count == 1)
    }
}
