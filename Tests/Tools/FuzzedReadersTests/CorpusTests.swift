import ColdstartTestSupport
import Foundation
import FuzzedReaders
import Testing

/// What fuzzing found to reach different code is read again by the ordinary tests.
@Suite struct CorpusTests {
    @Test(arguments: FuzzedReader.all.map(\.name))
    func `a reader takes every input of its corpus, and every beginning of a short one`(name: String) throws {
        let reader = try #require(FuzzedReader.all.first { $0.name == name })
        let folder = Fixtures.path("fuzz/" + name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + file)))
            reader.read(bytes)
            guard bytes.count <= 256 else { continue }
            for length in bytes.indices { reader.read(Array(bytes[..<length])) }
        }
    }

    @Test
    func `every corpus belongs to a reader`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Fixtures.path("fuzz"))
        #expect(Set(folders) == Set(FuzzedReader.all.map(\.name)))
    }
}
