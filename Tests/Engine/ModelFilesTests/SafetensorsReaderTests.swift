import ColdstartTestSupport
import ModelFiles
import Testing

struct SafetensorsReaderTests {
    /// A file with any header and so many bytes of data.
    private func read(_ header: String, dataCount: Int, announced: UInt64? = nil) throws -> StateDict {
        let folder = try TemporaryFolder()
        let length = announced ?? UInt64(header.utf8.count)
        let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) }
        let path = try folder.write(
            prefix + Array(header.utf8) + [UInt8](repeating: 0, count: dataCount),
            to: "model.safetensors"
        )
        return try SafetensorsReader.read(path)
    }

    @Test func `reads what the reference wrote`() throws {
        let described: [String: ExpectedTensor] = try ExpectedTensor.read("safetensors/expected.json")
        let dictionary = try SafetensorsReader.read(Fixtures.path("safetensors/tensors.safetensors"))
        #expect(Set(dictionary.names) == Set(described.keys))
        for (name, expected) in described {
            let tensor = try #require(dictionary[name])
            #expect(tensor.elementType.description == expected.dtype)
            try expected.expect(tensor)
        }
    }

    @Test(arguments: ["relu-tied", "gated-gelu-untied", "whole-word"])
    func `a model's weights stay in the file`(model: String) throws {
        let dictionary = try WeightsReader.read(Fixtures.path("t5/\(model)/model.safetensors"))
        #expect(dictionary["shared.weight"]?.shape.count == 2)
        for tensor in dictionary.tensors {
            #expect(try tensor.floatStorage().isMapped)
        }
    }

    @Test func `escapes in names are understood`() throws {
        let dictionary = try read(
            #"{"__metadata__":{"a":"b"},"\u00e9\n\ud83d\ude00":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"#,
            dataCount: 1
        )
        #expect(dictionary.names == ["é\n😀"])
    }

    @Test(arguments: [
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8, "twice"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
            6, "overlaps"
        ),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "hole"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8, "8 bytes of data"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 3, "[0, 4]"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "[4, 0]"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, 4, "9223372036854775807"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775808]}}"#, 4, "64 bits"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "[2]"),
        (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, 4, "4294967296"),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "not negative"),
        (#"{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,4]}}"#, 4, "header, byte"),
        (#"{"a":{"dtype":"F8_E4M3","shape":[5],"data_offsets":[0,4]}}"#, 4, "float8_e4m3fn"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, 4, "\"x\""),
        (#"{"a":{"dtype":"F32","shape":[1]}}"#, 0, "data_offsets"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x"#, 4, "end of the text"),
        (#"{"a":"#, 0, "end of the text"),
        (#"{"a\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4, "surrogate pair"),
        (#"{"__metadata__":{"a":1}}"#, 0, "text in double quotes"),
        ("", 0, "an empty text"),
    ])
    func `a header that lies is an error that says where`(header: String, dataCount: Int, word: String) throws {
        let error = try #require(fault { _ = try read(header, dataCount: dataCount) })
        #expect(error.description.contains(word))
    }

    @Test(arguments: [100, 100_000_000, 100_000_001, UInt64.max])
    func `a header longer than the file is refused without being read`(announced: UInt64) throws {
        let error = try #require(fault { _ = try read("{}", dataCount: 0, announced: announced) })
        #expect(error.description.contains("a header of \(announced) bytes"))
    }
}
