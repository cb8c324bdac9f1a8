import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension CommandLineSuite.OfFiles {
    struct GoldenReviewCommandTests {
        /// Three pending differences; the second needs a reason.
        private func pending() async throws -> GoldenOnDisk {
            let goldens = try GoldenOnDisk()
            try goldens.writeRankings([
                goldens.rescored(goldens.lines[0]), goldens.withoutLastMovie(goldens.lines[1]),
                goldens.rescored(goldens.lines[2]), goldens.lines[3],
            ])
            #expect(try await goldens.check().status == 6)
            return goldens
        }

        @Test func `single keys decide, and what was decided is written at the end`() async throws {
            let goldens = try await pending()
            let terminal = try PseudoTerminal()
            let process = try goldens.harness.start(
                ["golden", "review", goldens.golden, "--by", "Ann"],
                environment: ["CI": "", "TERM": "xterm"],
                terminal: terminal.slave
            )
            #expect(terminal.wait(for: "q quit").contains("1 of 3"))
            #expect(!terminal.isCooked)
            terminal.type("r")
            #expect(terminal.wait(for: "q quit").contains("risk high"))
            terminal.type("a")
            #expect(terminal.wait(for: "Escape goes back").contains("reason: "))
            terminal.type("on purpose\r")
            #expect(terminal.wait(for: "q quit").contains("3 of 3"))
            terminal.type("q")
            #expect(terminal.wait(for: "accepted 1").contains("\u{1b}[?1049l"))
            let outcome = await goldens.harness.finish(process)
            #expect(outcome.status == 1 && terminal.isCooked, "\(outcome.errors)")
            #expect(try goldens.text().contains(#""reason":"on purpose""#))
            #expect(try await goldens.run("pending", goldens.golden).status == 1)
        }

        @Test(arguments: ["\u{3}", "SIGTERM", "SIGHUP", "SIGINT"])
        func `however it is broken off, nothing is written and the terminal is as it was`(how: String) async throws {
            let goldens = try await pending()
            let before = try goldens.text()
            let terminal = try PseudoTerminal()
            let process = try goldens.harness.start(
                ["golden", "review", goldens.golden],
                environment: ["CI": "", "TERM": "xterm"],
                terminal: terminal.slave
            )
            #expect(terminal.wait(for: "q quit").contains("1 of 3"))
            terminal.type("a")
            #expect(terminal.wait(for: "q quit").contains("2 of 3"))
            switch how {
            case "SIGTERM": kill(process.processIdentifier, SIGTERM)
            case "SIGHUP": kill(process.processIdentifier, SIGHUP)
            case "SIGINT": kill(process.processIdentifier, SIGINT)
            default: terminal.type(how)
            }
            // The last thing is that the shell's screen comes back.
            #expect(terminal.wait(for: "\u{1b}[?1049l").contains("\u{1b}[?25h"))
            let outcome = await goldens.harness.finish(process)
            #expect(outcome.status == 130 && outcome.errors.contains("interrupted"), "\(outcome.errors)")
            #expect(terminal.isCooked)
            #expect(try goldens.text() == before)
        }

        @Test func `a thousand pending differences open at once`() async throws {
            let goldens = try GoldenOnDisk()
            let (sessions, changed) = try goldens.many(1000)
            try goldens.writeGolden(sessions)
            try goldens.writeRankings(changed)
            #expect(try await goldens.check().status == 6)
            let terminal = try PseudoTerminal()
            let clock = ContinuousClock()
            let start = clock.now
            let process = try goldens.harness.start(
                ["golden", "review", goldens.golden],
                environment: ["CI": "", "TERM": "xterm"],
                terminal: terminal.slave
            )
            #expect(terminal.wait(for: "q quit").contains("1 of 1000"))
            let opened = clock.now - start
            // A debug build on a busy machine; to read all of them takes it far longer than that.
            #expect(opened < .seconds(5), "\(opened)")
            terminal.type("q")
            _ = await goldens.harness.finish(process)
        }
    }
}
