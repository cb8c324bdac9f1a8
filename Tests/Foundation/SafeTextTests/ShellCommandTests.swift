import ColdstartTestSupport
import Domain
import Foundation
import SafeText
import Testing

struct ShellCommandTests {
    /// What a POSIX shell makes of a command's words, each on a line of its own that ends with a NUL.
    private static func words(_ command: ShellCommand) throws -> [String] {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "printf '%s\\0' \(command)"]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }

    @Test func `a shell takes every word as it is meant`() throws {
        let words = [
            "plain", "", "my tmp", "it's", "a,b", "größe", "$HOME", "`id`", "$(id)", "a\"b", "a\\b", "*", "~", "a;b",
            "a&b", "#x", "-v", "=x", "{a,b}", "!x", "a\nb", "'", "''", "<x>", "|", "%s", "host=/tmp/it\\'s port=1",
        ]
        #expect(try Self.words(ShellCommand(words)) == words)
    }

    @Test(arguments: 0..<20)
    func `a shell takes random words as they are`(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let words = (0..<20).map { _ in Passwords.random(&generator, length: 0...12) }
        #expect(try Self.words(ShellCommand(words)).map { Array($0.utf8) } == words.map { Array($0.utf8) })
    }

    @Test func `what needs no quotes has none`() {
        let command = ShellCommand(["coldstart", "run", "a/b-c.yaml", "--seed", "1", "--url", "http://h:80/x"])
        #expect("\(command)" == "coldstart run a/b-c.yaml --seed 1 --url http://h:80/x")
    }
}
