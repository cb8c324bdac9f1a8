import ColdstartTestSupport
import ContainerPlatform
import Observations
import SafeText
import Testing

@testable import ServiceUnderTest

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension ProcessSuite {
    /// Started programs and their groups.
    struct ServiceProcessTests {
        private func launch(_ words: [String], environment: [String: String] = [:]) -> CommandLaunch {
            CommandLaunch(words: words, environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 })
        }

        private static func wait(_ what: () -> Bool) -> Bool {
            for _ in 0..<5000 {
                if what() { return true }
                usleep(1000)
            }
            return false
        }

        @Test("words are arguments, whatever they contain, and the environment is exactly the one that is given")
        func wordsAndEnvironment() async throws {
            let launch = launch(["/usr/bin/env", "printf", "%s\\n", "$(id); a b'\""], environment: ["WHO": "me"])
            let text = try await OwnThread.run {
                let process = try ServiceProcess(launch)
                _ = Self.wait { process.exit != nil }
                var log = LogCapture(redaction: Redaction(), path: nil)
                return log.read(process.output, from: .output, at: .zero).lines.map(\.text)
            }
            #expect(text == ["$(id); a b'\""])
            let environment = self.launch(["/usr/bin/env"], environment: ["WHO": "me"])
            let lines = try await OwnThread.run {
                let process = try ServiceProcess(environment)
                _ = Self.wait { process.exit != nil }
                var log = LogCapture(redaction: Redaction(), path: nil)
                return log.read(process.output, from: .output, at: .zero).lines.map(\.text)
            }
            #expect(Set(lines) == ["PATH=/usr/bin:/bin", "WHO=me"])
        }

        @Test("a program is looked for and started in its folder")
        func folder() async throws {
            let folder = try TemporaryFolder()
            _ = try folder.write("#!/bin/sh\npwd\n", to: "tool")
            chmod(folder.path + "/tool", 0o755)
            let launch = CommandLaunch(words: ["./tool"], environment: ["PATH": "/usr/bin:/bin"], folder: folder.path)
            let lines = try await OwnThread.run {
                let process = try ServiceProcess(launch)
                _ = Self.wait { process.exit != nil }
                var log = LogCapture(redaction: Redaction(), path: nil)
                return log.read(process.output, from: .output, at: .zero).lines.map(\.text)
            }
            #expect(lines.first?.hasSuffix(folder.path) ?? false)
        }

        @Test("a program that does not exist is named in the error")
        func missing() async throws {
            let launch = launch(["/no/such/program", "x"])
            await #expect {
                _ = try await OwnThread.run { try ServiceProcess(launch).id }
            } throws: { error in
                (error as? ServiceUnderTestError)?.message.contains("/no/such/program") ?? false
            }
        }

        @Test("how a program ended is told, by code and by signal", arguments: [("exit 3", 3), ("kill -9 $$", -9)])
        func ends(_ script: String, _ expected: Int) async throws {
            let launch = launch(["/bin/sh", "-c", script])
            let exit = try await OwnThread.run {
                let process = try ServiceProcess(launch)
                _ = Self.wait { process.exit != nil }
                return process.exit
            }
            #expect(exit == (expected < 0 ? .signal(Int32(-expected)) : .code(Int32(expected))))
        }

        @Test("the whole group is stopped and continued, as the system says, and nothing of it outlives its end")
        func group() async throws {
            let launch = launch(["/bin/sh", "-c", "sleep 300 & sleep 301 & wait"])
            let (stopped, continued, left) = try await OwnThread.run {
                let process = try ServiceProcess(launch)
                _ = Self.wait { process.members.count == 3 }
                let stopped = process.setStopped(true).map(\.isStopped)
                let continued = process.setStopped(false).map(\.isStopped)
                let id = process.id
                process.end()
                _ = Self.wait { ProcessGroup.members(of: id).isEmpty }
                return (stopped, continued, ProcessGroup.members(of: id))
            }
            #expect(stopped == [true, true, true])
            #expect(continued == [false, false, false])
            #expect(left == [])
        }
    }
}
