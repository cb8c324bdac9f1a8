import ColdstartTestSupport
import ModelFiles
import Testing

struct StateDictTests {
    /// A safetensors file with zeros in tensors of these shapes.
    private func dictionary(_ shapes: [(String, [Int])]) throws -> StateDict {
        let folder = try TemporaryFolder()
        var offset = 0
        let members = shapes.map { name, shape in
            let begin = offset
            offset += 4 * shape.reduce(1, *)
            return #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(begin),\#(offset)]}"#
        }
        let header = "{" + members.joined(separator: ",") + "}"
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        let data = [UInt8](repeating: 0, count: offset)
        return try SafetensorsReader.read(
            folder.write(length + Array(header.utf8) + data, to: "model.safetensors")
        )
    }

    @Test func `a checkpoint overrides, the rest is kept and reported`() throws {
        let backbone = try dictionary([("shared.weight", [4, 2]), ("encoder.a", [2]), ("decoder.b", [3])])
        let checkpoint = try dictionary([
            ("module.decoder.b", [3]), ("shared.weight", [4, 2]), ("module.encoder.whole_word", [5]), ("extra", [1]),
        ])
        let (merged, report) = try backbone.merging(checkpoint, accepting: ["encoder.whole_word": [5]])
        #expect(report.overridden == ["decoder.b", "shared.weight", "encoder.whole_word"])
        #expect(report.kept == ["encoder.a"])
        #expect(report.unexpected == ["extra"])
        #expect(merged.names == ["shared.weight", "encoder.a", "decoder.b", "encoder.whole_word"])
        #expect(merged["decoder.b"]?.path == checkpoint.path)
        #expect(merged["encoder.a"]?.path == backbone.path)
        #expect(merged["decoder.b"]?.name == "decoder.b")
        #expect(merged["extra"] == nil)
    }

    @Test(arguments: [[5, 2], [4, 3], [8], [4, 2, 1]]) func `a wrong shape names the key and both shapes`(shape: [Int])
        throws
    {
        let backbone = try dictionary([("shared.weight", [4, 2])])
        let checkpoint = try dictionary([("module.shared.weight", shape)])
        let error = try #require(fault { _ = try backbone.merging(checkpoint) })
        #expect(error.code == .mismatch)
        for part in ["module.shared.weight", "[4, 2]", "\(shape)"] {
            #expect(error.description.contains(part))
        }
    }

    @Test func `a wrong shape of an accepted tensor is an error too`() throws {
        let checkpoint = try dictionary([("whole_word", [5])])
        let error = fault { _ = try dictionary([]).merging(checkpoint, accepting: ["whole_word": [512]]) }
        #expect(error?.description.contains("[512]") == true)
    }

    @Test func `a name with and without the prefix is an error`() throws {
        let checkpoint = try dictionary([("a", [1]), ("module.a", [1])])
        #expect(fault { _ = try dictionary([("a", [1])]).merging(checkpoint) }?.code == .malformed)
    }

    @Test func `a real checkpoint over a real backbone`() throws {
        let backbone = try WeightsReader.read(Fixtures.path("t5/whole-word/model.safetensors"))
        let checkpoint = try WeightsReader.read(Fixtures.path("t5/whole-word/checkpoint.pth"))
        let (merged, report) = try backbone.merging(checkpoint)
        #expect(!report.overridden.isEmpty && !report.kept.isEmpty)
        #expect(report.unexpected.contains("encoder.whole_word_embeddings.weight"))
        #expect(merged.names == backbone.names)
    }
}
