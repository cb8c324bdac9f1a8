import Foundation
import Scenarios
import Testing

struct InputFileTests {
    private let folder: TemporaryFolder
    private let pipe: String

    init() throws {
        folder = try TemporaryFolder()
        pipe = folder.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
    }

    private static func content(_ path: String, writerWait: Duration) throws(ScenarioError) -> [UInt8] {
        var file = try InputFile(path, writerWait: writerWait)
        var content: [UInt8] = []
        while true {
            let bytes = try file.read(7)
            if bytes.isEmpty { return content }
            content += bytes
        }
    }

    @Test("A file and a named pipe with a writer that takes its time are read to their ends")
    func whole() throws {
        let text = Array("one line\nand another".utf8)
        let file = try folder.write(text, to: "file")
        #expect(try Self.content(file, writerWait: .zero) == text)
        #expect(try InputFile.content(of: file, limit: 5) == Array(text.prefix(6)))
        #expect(!InputFile.isStream(file) && InputFile.isStream(pipe) && InputFile.isStream("-"))

        let pipe = pipe
        let writer = Thread {
            usleep(200_000)
            let output = open(pipe, O_WRONLY)
            usleep(200_000)
            for byte in text {
                usleep(1000)
                _ = withUnsafeBytes(of: byte) { write(output, $0.baseAddress, 1) }
            }
            close(output)
        }
        writer.start()
        #expect(try Self.content(pipe, writerWait: .seconds(60)) == text)
    }

    @Test("A named pipe without a writer is an error after a while", .timeLimit(.minutes(10)))
    func noWriter() throws {
        let start = ContinuousClock.now
        let error = try #require(throws: ScenarioError.self) {
            try Self.content(pipe, writerWait: .milliseconds(300))
        }
        #expect(ContinuousClock.now - start >= .milliseconds(300))
        #expect(error.code == .unreadable)
        #expect(error.message == "is a pipe that no program has opened for writing within 300ms")
    }

    @Test("Descriptors of the process are read by their numbers", arguments: ["/dev/fd/", "/proc/self/fd/"])
    func descriptors(prefix: String) throws {
        let ends = Pipe()
        ends.fileHandleForWriting.write(Data("from a pipe".utf8))
        try ends.fileHandleForWriting.close()
        let path = prefix + String(ends.fileHandleForReading.fileDescriptor)
        #expect(try Self.content(path, writerWait: .zero) == Array("from a pipe".utf8))
        #expect(throws: ScenarioError.self) { try Self.content(prefix + "7777", writerWait: .zero) }
    }

    @Test("A scenario that comes through a pipe names paths from the current folder")
    func folderOfPaths() throws {
        let text = """
            name: piped
            teaches: Where its paths begin.
            service: {strategy: blocking, bundle: models}
            sessions: {file: sessions.jsonl}
            catalogue: movies.jsonl
            expect: {rows: none}
            """
        let pipe = pipe
        Thread.detachNewThread {
            let output = open(pipe, O_WRONLY)
            _ = Array(text.utf8).withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            close(output)
        }
        let scenario = try #require(try ScenarioLoader.load([pipe]).first)
        #expect(scenario.service.bundle.value == "models")
        #expect(try ScenarioLoader.decode(Array(text.utf8), path: "a/b.yaml").service.bundle.value == "a/models")
        #expect(try ScenarioLoader.decode(Array(text.utf8), path: "-").catalogue.value == "movies.jsonl")
    }

    @Test("The folder of a file is the one that it lies in, that of a stream the current one")
    func folders() throws {
        #expect(InputFile.folder(of: "a/b.yaml") == "a/")
        #expect(InputFile.folder(of: "b.yaml") == "")
        #expect(InputFile.folder(of: pipe) == "")
        #expect(InputFile.folder(of: "-") == "")
        let ends = Pipe()
        #expect(InputFile.folder(of: "/dev/fd/\(ends.fileHandleForReading.fileDescriptor)") == "")
    }
}
