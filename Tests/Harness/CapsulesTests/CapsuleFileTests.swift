import Domain
import Scenarios
import Testing

@testable import Capsules

struct CapsuleFileTests {
    private static func capsule(of scenario: String = "name: a") -> Capsule {
        Capsule(
            toolVersion: "0",
            origin: .log,
            subject: "revision films-1: startup-probe-failed",
            scenario: scenario,
            seed: 18_446_744_073_709_551_615,
            trace: [Capsule.TraceLine(text: "a \"quoted\" line\nof two", place: "log.json:3:7")],
            start: nil,
            answers: [],
            rows: nil,
            unknown: ["the models"]
        )
    }

    private static let text = CapsuleFile.text(of: capsule())

    private static func error(_ text: String) -> ScenarioError? {
        do throws(ScenarioError) {
            _ = try CapsuleFile.parse(Array(text.utf8), path: "a.json")
            return nil
        } catch {
            return error
        }
    }

    @Test func `what is written is read again`() throws {
        var read = try CapsuleFile.parse(Array(Self.text.utf8), path: "a.json")
        #expect(read.sha256.contains { $0 != "0" })
        read.sha256 = Self.capsule().sha256
        #expect(read == Self.capsule())
    }

    @Test func `scores that are no number are read again`() throws {
        var capsule = Self.capsule()
        capsule.rows = [Double.nan, .infinity, -.infinity, 0.1]
            .map { score in
                let session = SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d")!
                return CapsuleRow(
                    RecommendationRow(
                        session: session,
                        movie: "1",
                        score: score,
                        model: .svd,
                        phase: 2,
                        rank: 1,
                        displayOrder: nil
                    )
                )
            }
        let read = try CapsuleFile.parse(Array(CapsuleFile.text(of: capsule).utf8), path: "a.json")
        #expect(read.rows == capsule.rows)
    }

    @Test(arguments: [
        ("of two", "of twO", "damaged or changed"),
        ("\"toolVersion\" : \"0\"", "\"toolVersion\" : \"1\"", "damaged or changed"),
        ("\"schemaVersion\" : 1", "\"schemaVersion\" : 2", "schemaVersion is 2, this program reads 1"),
        ("coldstart-capsule", "coldstart-diagnose", "of the kind `coldstart-diagnose`"),
        ("\"sha256\"", "\"sha257\"", "damaged or changed"), ("\"seed\" : ", "\"seed\" : -", "damaged or changed"),
    ])
    func `one change is found`(from: String, to: String, message: String) {
        let changed = Self.text.replacing(from, with: to, maxReplacements: 1)
        #expect(changed != Self.text)
        let error = Self.error(changed)
        #expect(
            error?.description.hasPrefix("a.json") == true && error?.message.contains(message) == true,
            "\(error as Any)"
        )
    }

    @Test func `a file that ends early says where, whatever it still has`() {
        for length in Array(0..<Self.text.utf8.count - 2) {
            let error = Self.error(String(decoding: Array(Self.text.utf8.prefix(length)), as: UTF8.self))
            #expect(error?.location != nil, "\(length): \(error as Any)")
        }
    }

    @Test(arguments: ["", "null", "[]", "{}", "{\"schemaVersion\": 1}", "\u{0}", "name: yaml"])
    func `other files are no capsule`(text: String) {
        #expect(Self.error(text) != nil)
    }

    @Test func `a capsule with its checksum and a part that nobody writes is refused`() throws {
        var run = Self.capsule()
        run.origin = .run
        #expect(Self.error(CapsuleFile.text(of: run))?.message.contains("`start` is missing") == true)
        var measured = Self.capsule()
        measured.measured = ["checkpoint": -1]
        #expect(Self.error(CapsuleFile.text(of: measured))?.message.contains("`measured`") == true)
        var answers = Self.capsule()
        var answer = CapsuleAnswer(request: 1, arrivedAt: 0, finishedAt: 1, status: 200)
        answer.svd = Array(repeating: CapsuleAnswer.Place(movie: "1", score: CapsuleNumber(1)), count: 101)
        answers.answers = [answer]
        #expect(Self.error(CapsuleFile.text(of: answers))?.message.contains("101 places of svd") == true)
    }

    @Test func `a scenario that cannot be decoded is named with its place`() async throws {
        let capsule = Self.capsule(of: "name: a\nwrong: 1\n")
        await #expect { _ = try await CapsuleReplay(capsule, path: "a.json") } throws: { error in
            "\(error)".hasPrefix("a.json (its scenario):")
        }
    }
}
