import Checks
import Foundation
import Scenarios
import Testing

@testable import Reports

struct ReportFolderTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "reports-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test("a run leaves the files of the wanted formats and a text for each observed scenario")
    func files() throws {
        try withFolder { path in
            let folder = try ReportFolder(path: path + "/deep")
            try RecordedRun().tell(RecorderGroup(folder.recorders(for: [.json, .jsonl, .junit])))
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == ["junit.xml", "report.json", "report.jsonl", "timelines"])
            let timelines = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/timelines")
            #expect(timelines.count == 4)
            #expect(try RunJournal(reading: text(folder.path + "/report.jsonl"), file: "report.jsonl").isWhole)
            #expect(
                try ReportEncoding.decode(RunReport.self, from: text(folder.path + "/report.json")).exitCode.code == 3
            )
            try TextGolden.expect(text(folder.path + "/timelines/goldens-of-all-sessions.txt"), "timeline")
        }
    }

    @Test("formats that nobody wants leave no file")
    func formats() throws {
        try withFolder { path in
            let folder = try ReportFolder(path: path)
            try RecordedRun(results: []).tell(RecorderGroup(folder.recorders(for: [.junit])))
            #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["junit.xml"])
        }
    }

    @Test("a run that was killed leaves its journal and nothing of an earlier run")
    func killed() throws {
        try withFolder { path in
            try RecordedRun().tell(RecorderGroup(ReportFolder(path: path).recorders(for: [.json, .jsonl, .junit])))
            var recorder = try RecorderGroup(ReportFolder(path: path).recorders(for: [.json, .jsonl, .junit]))
            let start = RunStart(toolVersion: "0.1.0", seed: nil, scenarios: [SampleResults.killed.scenario])
            try recorder.record(.runStarted(start))
            try recorder.record(.scenarioStarted(index: 0))
            #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["report.jsonl"])
            let journal = try RunJournal(reading: text(path + "/report.jsonl"), file: "report.jsonl")
            #expect(journal.lines.count == 2 && !journal.isWhole)
        }
    }

    @Test("a folder that cannot be made is an error that names it")
    func unwritable() throws {
        let error = #expect(throws: ReportError.self) { try ReportFolder(path: "/dev/null/reports") }
        #expect(error?.message.hasPrefix("/dev/null/reports: the report folder cannot be prepared") == true)
        #expect(error?.message.contains("\n") == false)
    }

    @Test("a full disk is an error and not a whole journal")
    func fullDisk() throws {
        try #require(FileManager.default.fileExists(atPath: "/dev/full"), "only where /dev/full exists")
        let full = try OutputDescriptor(creating: "/dev/full")
        let error = #expect(throws: ReportError.self) { try full.write("x") }
        #expect(error?.message.hasPrefix("/dev/full: cannot be written") == true)
    }

    @Test("every recorder is told, also after one has failed")
    func group() {
        let output = Output()
        let failing = JSONLRecorder { (_) throws(ReportError) in throw ReportError(.cannotWrite, "no") }
        let group = RecorderGroup([failing, JSONLRecorder(sink: output.sink)])
        var recorder = group
        #expect(throws: ReportError(.cannotWrite, "no")) {
            try recorder.record(.runStarted(RunStart(toolVersion: "0.1.0", seed: 1, scenarios: [])))
        }
        #expect(output.pieces.count == 1)
    }
}

struct SourceLinesTests {
    @Test("the line of a file is read, and nothing where there is none")
    func lines() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "source-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("one\ntwo \u{FF}\r\nthree".utf8).write(to: URL(filePath: path))
        func line(_ number: Int, file: String? = nil) -> String? {
            SourceLines.line(at: .init(.init(file: file ?? path, line: number, column: 1)))
        }
        #expect(line(1) == "one")
        #expect(line(3) == "three")
        #expect(line(0) == nil)
        #expect(line(4) == nil)
        #expect(line(1, file: "/nowhere") == nil)
        #expect(line(1, file: "/dev/zero") == nil)
    }
}
