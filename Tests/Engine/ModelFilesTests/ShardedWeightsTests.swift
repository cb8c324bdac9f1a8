import ColdstartTestSupport
import ModelFiles
import Testing

struct ShardedWeightsTests {
    private let folder = "t5-shapes/03-sharded-bfloat16-stream"

    /// A copy of a split backbone with another index.
    private func copy(index: String) throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        for part in 1...3 {
            let name = "model-0000\(part)-of-00003.safetensors"
            try copy.write(try TemporaryFolder.bytes(of: Fixtures.path("\(folder)/\(name)")), to: name)
        }
        try copy.write(index, to: "model.safetensors.index.json")
        return copy
    }

    @Test func `an index leads to the tensors of all its files, and the bundle's paths to the index and these`() throws
    {
        let paths = BundlePaths(environment: ["P5_BACKBONE": Fixtures.path(folder)])
        #expect(paths.backboneWeights.hasSuffix("/model.safetensors.index.json"))
        let weights = try WeightsReader.read(paths.backboneWeights)
        #expect(weights["shared.weight"] != nil && weights["decoder.final_layer_norm.weight"] != nil)
        let names = paths.modelFiles.map(\.name).filter { $0.hasPrefix("t5-small/model") }
        #expect(names.count == 4)
        let pickled = BundlePaths(environment: ["P5_BACKBONE": Fixtures.path("t5-shapes/06-sharded-pickled-none")])
        #expect(pickled.backboneWeights.hasSuffix("/pytorch_model.bin.index.json"))
        #expect(try WeightsReader.read(pickled.backboneWeights)["shared.weight"] != nil)
    }

    @Test(arguments: [
        ("", "empty"), ("[]", "weight_map"), ("{}", "weight_map"), (#"{"weight_map": {"a": 1}}"#, "weight_map"),
        (#"{"weight_map": {"a": "../model-00001-of-00003.safetensors"}}"#, "beside the index"),
        (#"{"weight_map": {"a": "/etc/passwd"}}"#, "beside the index"),
        (#"{"weight_map": {"a": ""}}"#, "beside the index"),
        (#"{"weight_map": {"a": "model.safetensors.index.json"}}"#, "beside the index"),
        (#"{"weight_map": {"a": "model-00004-of-00003.safetensors"}}"#, "model-00004"),
        (#"{"weight_map": {"a": "model-00001-of-00003.safetensors"}}"#, "no tensor \"a\""),
    ])
    func `an index that lies is an error that says where`(_ index: String, _ words: String) throws {
        let folder = try copy(index: index)
        let error = #expect(throws: ModelFileError.self) {
            try WeightsReader.read(folder.path + "/model.safetensors.index.json")
        }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
}
