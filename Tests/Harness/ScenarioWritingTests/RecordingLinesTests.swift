import Domain
import Reports
import ScenarioWriting
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

struct RecordingLinesTests {
    @Test("A movie whose id is also the database's password is recorded under its id")
    func secretID() async {
        // In a process of its own: what is secret is read from the environment once.
        await #expect(processExitsWith: .success) {
            setenv("PGPASSWORD", "tt0052357", 1)
            let id = try #require(SessionID("96ab4ac1-85d6-595e-ac83-1e80f61fe61d"))
            let session = RecordedSession(id: id, phase: "recommendation", ratings: [], phase1Movies: ["tt0052357"])
            // Without this the test could not fail.
            #expect(!ReportEncoding.line(["id": "tt0052357"]).contains("tt0052357"))
            #expect(RecordingLines(pseudonyms: nil).line(of: session).contains(#""phase1_movies":["tt0052357"]"#))
        }
    }
}
