import Foundation
import Testing

extension CommandLineSuite.OfFiles {
    struct HelpTests {
        static let commands = [
            [], ["run"], ["list"], ["init"], ["rank"], ["db"], ["db", "verify"], ["db", "clean"], ["record"],
            ["lint"], ["report"], ["merge"], ["results"],
            ["results", "list"], ["results", "show"], ["results", "trend"], ["manifest"], ["schema"], ["doctor"],
            ["serve"],
            ["sweep-faults"], ["sweep"], ["startup"], ["startup", "blame"], ["startup", "plot"], ["startup", "advise"],
            ["check"], ["mutate"], ["compare"], ["explain"], ["shrink"], ["bisect"], ["golden"],
            ["golden", "new"], ["golden", "check"], ["golden", "pending"], ["golden", "accept"], ["golden", "reject"],
            ["golden", "review"], ["golden", "calibrate"], ["golden", "timeline"],
            ["golden", "timeline", "new"], ["golden", "timeline", "check"], ["golden", "timeline", "accept"],
        ]

        @Test("help fits 80 columns, and its examples stand on lines of their own", arguments: commands)
        func eighty(command: [String]) async throws {
            func lines(_ columns: Int) async throws -> [String] {
                let outcome = try await CommandLineHarness()
                    .run(command + ["--help"], environment: ["COLUMNS": "\(columns)"])
                #expect(outcome.status == 0)
                return outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            }
            let narrow = try await lines(80)
            #expect(narrow.filter { $0.count > 80 } == [])
            // What is indented by two is written line by line: it is the same however wide the terminal is.
            func written(_ lines: [String]) -> [String] {
                lines.prefix { !$0.hasPrefix("USAGE") }.filter { $0.hasPrefix("  ") }
            }
            #expect(written(narrow) == written(try await lines(1000)))
        }
    }
}
