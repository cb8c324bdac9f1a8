import Checks
import Foundation
import Scenarios
import SourcePlaces
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
            let folder = try ReportFolder(path: path + "/deep", for: [])
            try RecordedRun().tell(RecorderGroup(folder.recorders(for: [.json, .jsonl, .junit])))
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == [".coldstart-report", "junit.xml", "report.json", "report.jsonl", "timelines"])
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
            let folder = try ReportFolder(path: path, for: [])
            try RecordedRun(results: []).tell(RecorderGroup(folder.recorders(for: [.junit])))
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(names == [".coldstart-report", "junit.xml"])
        }
    }

    @Test("a run that was killed leaves its journal and nothing of an earlier run")
    func killed() throws {
        try withFolder { path in
            let all: Set<ReportFolder.Format> = [.json, .jsonl, .junit]
            try RecordedRun().tell(RecorderGroup(ReportFolder(path: path, for: []).recorders(for: all)))
            var recorder = try RecorderGroup(ReportFolder(path: path, for: []).recorders(for: all))
            let start = RunStart(toolVersion: "0.1.0", seed: nil, scenarios: [SampleResults.killed.scenario])
            try recorder.record(.runStarted(start))
            try recorder.record(.scenarioStarted(index: 0))
            let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(names == [".coldstart-report", "report.jsonl", "timelines"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/timelines") == [])
            let journal = try RunJournal(reading: text(path + "/report.jsonl"), file: "report.jsonl")
            #expect(journal.lines.count == 2 && !journal.isWhole)
        }
    }

    @Test("a folder that cannot be made is an error that names it")
    func unwritable() throws {
        let error = #expect(throws: ReportError.self) { try ReportFolder(path: "/dev/null/reports", for: []) }
        #expect(error?.message.hasPrefix("/dev/null/reports: the report folder cannot be prepared") == true)
        #expect(error?.message.contains("\n") == false)
    }

    @Test("files that no run wrote stay where they are, and one in the way of a report is named")
    func foreign() throws {
        try withFolder { path in
            let manager = FileManager.default
            try manager.createDirectory(atPath: path + "/timelines/2024", withIntermediateDirectories: true)
            for name in ["timelines/notes.md", "timelines/2024/plan.txt", "junit.xml"] {
                try "mine".write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
            }
            let error = #expect(throws: ReportError.self) {
                try ReportFolder(path: path, for: ["report.json", "junit.xml"])
            }
            #expect(error?.code == .foreignFile)
            #expect(error?.message.contains("junit.xml would be replaced") == true)
            #expect(error?.message.contains("--force") == true)
            try RecordedRun().tell(RecorderGroup(ReportFolder(path: path, for: []).recorders(for: [.json])))
            _ = try ReportFolder(path: path, for: ["report.json", "timelines/hole.txt"])
            for name in ["timelines/notes.md", "timelines/2024/plan.txt", "junit.xml"] {
                #expect(try text(path + "/" + name) == "mine")
            }
            #expect(!manager.fileExists(atPath: path + "/report.json"))
            _ = try ReportFolder(path: path, for: ["junit.xml"], replacing: true)
            #expect(!manager.fileExists(atPath: path + "/junit.xml"))
            #expect(try text(path + "/timelines/notes.md") == "mine")
        }
    }

    @Test("a link in the way of a report is not followed, and what a record says outside of its folder is not believed")
    func links() throws {
        try withFolder { path in
            let manager = FileManager.default
            try manager.createDirectory(atPath: path + "/reports", withIntermediateDirectories: true)
            try "mine".write(toFile: path + "/precious", atomically: true, encoding: .utf8)
            try manager.createSymbolicLink(atPath: path + "/reports/report.json", withDestinationPath: "../precious")
            #expect(throws: ReportError(.foreignFile, "")) {
                try ReportFolder(path: path + "/reports", for: ["report.json"])
            }
            _ = try ReportFolder(path: path + "/reports", for: ["report.json"], replacing: true)
            let record = try text(path + "/reports/.coldstart-report")
            try (record + "../precious\n/etc/passwd\nprecious")
                .write(toFile: path + "/reports/.coldstart-report", atomically: false, encoding: .utf8)
            _ = try ReportFolder(path: path + "/reports", for: [])
            #expect(try text(path + "/precious") == "mine")
            try "something else\n"
                .write(
                    toFile: path + "/reports/.coldstart-report",
                    atomically: false,
                    encoding: .utf8
                )
            #expect(throws: ReportError(.foreignFile, "")) { try ReportFolder(path: path + "/reports", for: []) }
        }
    }

    @Test("a folder belongs to one run at a time")
    func lock() throws {
        try withFolder { path in
            let first = try ReportFolder(path: path, for: [])
            try first.create("report.jsonl").write("the first run's\n")
            let error = #expect(throws: ReportError.self) { try ReportFolder(path: path, for: [], replacing: true) }
            #expect(error?.code == .inUse)
            #expect(try text(path + "/report.jsonl") == "the first run's\n")
            withExtendedLifetime(first) {}
        }
        try withFolder { path in
            _ = try ReportFolder(path: path, for: [])
            _ = try ReportFolder(path: path, for: [])
        }
    }

    @Test("every recorder is told, also after one has failed")
    func group() {
        let output = Output()
        let gone = JSONLRecorder { (_) throws(ReportError) in throw ReportError(.readerGone, "gone") }
        let failing = JSONLRecorder { (_) throws(ReportError) in throw ReportError(.cannotWrite, "no") }
        let group = RecorderGroup([gone, failing, gone, JSONLRecorder(sink: output.sink)])
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
