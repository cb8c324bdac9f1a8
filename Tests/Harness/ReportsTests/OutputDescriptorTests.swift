import Foundation
import Testing

@testable import Reports

struct OutputDescriptorTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test("a file is written whole, and one that is there is left alone")
    func creating() throws {
        try withFolder { path in
            let text = String(repeating: "ä", count: 100_000)
            let file = try OutputDescriptor(creating: path + "/a")
            try file.write(text)
            try file.finish()
            #expect(try String(contentsOfFile: path + "/a", encoding: .utf8) == text)
            #expect(throws: ReportError(.foreignFile, "")) { try OutputDescriptor(creating: path + "/a") }
            #expect(throws: ReportError(.cannotWrite, "")) { try OutputDescriptor(creating: path + "/none/a") }
            #expect(throws: ReportError(.cannotWrite, "")) { try file.write("after the end") }
        }
    }
}
