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

struct FirstScenariosTests {
    @Test("A folder whose name is also the database's password is named in the first scenarios as it is")
    func secretFolder() async {
        // In a process of its own: what is secret is read from the environment once.
        await #expect(processExitsWith: .success) {
            setenv("PGPASSWORD", "visits", 1)
            let scenarios = FirstScenarios(
                bundle: "visits/bundle",
                sessions: "visits/sessions.jsonl",
                catalogue: "visits/movies.jsonl",
                position: 1,
                svdRows: 10,
                p5Rows: 10,
                toolVersion: "0"
            )
            // Without this the test could not fail.
            #expect(!ReportEncoding.line("visits/bundle").contains("visits"))
            for file in [scenarios.passing, scenarios.failing] {
                #expect(file.text.contains(#"bundle: "visits/bundle""#))
                #expect(file.text.contains(#"file: "visits/sessions.jsonl""#))
                #expect(file.text.contains(#"catalogue: "visits/movies.jsonl""#))
            }
        }
    }
}
