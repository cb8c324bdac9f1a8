import ColdstartTestSupport
import ModelFiles
import Testing

@testable import P5

struct CheckpointFitTests {
    private static let backbone = Fixtures.path("t5-versions/saved-4-gated")
    private static let whole = Fixtures.path("t5-versions/checkpoint.pth")
    /// `{"epoch": 3, "model": {…}, "optimizer": {"state": {0: {…}}, …}, "rng_state": …}` with the tensors of the other.
    private static let nested = Fixtures.path("t5-versions/checkpoint-nested.pth")

    private func load(_ checkpoint: String, prefix: String = "") throws -> T5Model {
        try T5Model(backboneDirectory: Self.backbone, checkpoint: checkpoint, prefix: prefix)
    }

    /// A file with one float for each name.
    private func names(_ names: [String]) throws -> StateDict {
        let members = names.enumerated()
            .map { #""\#($1)":{"dtype":"F32","shape":[1],"data_offsets":[\#(4 * $0),\#(4 * $0 + 4)]}"# }
        let header = Array("{\(members.joined(separator: ","))}".utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        let zeros = [UInt8](repeating: 0, count: 4 * names.count)
        let folder = try TemporaryFolder()
        // The folder goes away with its last use; what is mapped by then stays.
        defer { withExtendedLifetime(folder) {} }
        return try WeightsReader.read(folder.write(length + header + zeros, to: "a.safetensors"))
    }

    @Test
    func `where the model's tensors came from is counted`() throws {
        let model = try load(Self.whole)
        #expect(model.sources.checkpoint == 51 && model.sources.backbone == model.tensors.count - 51)
        #expect(model.sourceNote == "checkpoint: gave 51 of the model's 52 tensors; 1 are the backbone's")
        #expect(try T5Model(backboneDirectory: Self.backbone, checkpoint: nil).sourceNote == nil)
    }

    @Test
    func `a state dict one level down is named, and taken when its prefix is given`() throws {
        let error = try #require(throws: P5Error.self) { try load(Self.nested) }
        #expect(error.code == .weights)
        #expect(error.message.contains("found none of the model's tensors"), "\(error)")
        #expect(error.message.contains("set P5_CKPT_PREFIX=model. "), "\(error)")
        let model = try load(Self.nested, prefix: "model.")
        let whole = try load(Self.whole)
        #expect(model.sources == whole.sources)
        let prompt: [Int32] = [20, 30, 41, 7, 1]
        let found = try model.generate([prompt], limit: 10, batch: 1, threads: 1)
        #expect(try found == whole.generate([prompt], limit: 10, batch: 1, threads: 1))
        #expect(Set(model.ignoredNames).isSuperset(of: ["epoch", "optimizer", "rng_state"]))
    }

    @Test(arguments: [
        ("model.", ["model.shared.weight", "model.encoder.final_layer_norm.weight", "step"]),
        ("_orig_mod.", ["_orig_mod.shared.weight", "_orig_mod.encoder.final_layer_norm.weight"]),
        ("model.module.", ["model.module.shared.weight", "optimizer.shared.x"]),
        ("t5.encoder.", ["t5.encoder.shared.weight"]),
    ])
    func `the prefix behind which the names would fit is found`(_ prefix: String, names: [String]) throws {
        let fit = CheckpointFit(
            checkpoint: try self.names(names),
            modelNames: ["shared.weight", "encoder.final_layer_norm.weight"]
        )
        #expect(fit.bestPrefix?.prefix == prefix)
        let error = try #require(throws: P5Error.self) { try fit.check(found: 0, prefix: "") }
        #expect(error.message.contains("P5_CKPT_PREFIX=\(prefix) "))
    }

    @Test
    func `names that fit nowhere are shown, and an adapter is called one`() throws {
        let lora = "base_model.model.encoder.block.0.layer.0.SelfAttention.q.lora_A.weight"
        for (names, words) in [([lora], "adapter"), (["bert.x", "bert.y"], "bert.x"), ([], "among 0")] {
            let fit = CheckpointFit(checkpoint: try self.names(names), modelNames: ["shared.weight"])
            let error = try #require(throws: P5Error.self) { try fit.check(found: 0, prefix: "") }
            #expect(error.message.contains(words), "\(error)")
        }
    }

    @Test
    func `a few tensors count unless far more stand behind a prefix`() throws {
        let names = ["shared.weight"] + (0..<9).map { "ema.block.\($0)" }
        let fit = CheckpointFit(
            checkpoint: try self.names(names),
            modelNames: Set(["shared.weight"] + (0..<9).map { "block.\($0)" })
        )
        #expect(throws: P5Error.self) { try fit.check(found: 1, prefix: "") }
        try fit.check(found: 5, prefix: "")
        let alone = CheckpointFit(checkpoint: try self.names(["shared.weight"]), modelNames: ["shared.weight", "a.b"])
        try alone.check(found: 1, prefix: "")
    }

    @Test(arguments: [
        ("", "module.a", "a"), ("", "model.a", "model.a"), ("model.", "model.a", "a"),
        ("model.", "module.model.a", "a"),
        ("model.", "model.module.a", "a"), ("module.", "module.a", "a"), ("model.", "other.a", "other.a"),
    ])
    func `prefixes come off`(_ prefix: String, _ name: String, _ expected: String) {
        #expect(CheckpointNaming(prefix: prefix)(name) == expected)
    }
}
