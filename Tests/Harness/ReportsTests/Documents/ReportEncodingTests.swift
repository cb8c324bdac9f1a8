import Reports
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

struct ReportEncodingTests {
    @Test("A secret is taken out of reports, for people, and stays in data, which is read again")
    func secrets() async {
        // In a process of its own: what is secret is read from the environment once.
        await #expect(processExitsWith: .success) {
            setenv("PGPASSWORD", "Vertigo", 1)
            let movie = ["title": "Vertigo"]
            #expect(ReportEncoding.line(movie) == #"{"title":"***"}"# + "\n")
            #expect(!ReportEncoding.pretty(movie).contains("Vertigo"))
            #expect(ReportEncoding.dataLine(movie) == #"{"title":"Vertigo"}"# + "\n")
        }
    }
}
