import ColdstartTestSupport
import Domain
import ModelFiles
import Testing

struct BundleTests {
    @Test func `a bundle has its files where its layout says`() {
        let paths = BundlePaths(directory: "/b/")
        #expect(paths.svdDirectory == "/b/svd_5core")
        #expect(paths.checkpoint == "/b/p5/mvt_aug_epoch10.pth")
        #expect(paths.backbone == "/b/t5-small")
        #expect(paths.dataMaps == "/b/p5/datamaps.json")
        #expect(paths.sentencePieceModel == "/b/t5-small/spiece.model")
        #expect(BundlePaths().svdDirectory == "/models/svd_5core")
    }

    @Test func `the environment overrides single paths`() {
        let environment = ["SVD_DIR": "/s", "P5_CKPT": "c.pth", "P5_BACKBONE": "", "DATAMAPS_PATH": "/d.json"]
        let paths = BundlePaths(directory: "/b", environment: environment)
        #expect(paths.svdDirectory == "/s")
        #expect(paths.checkpoint == "c.pth")
        #expect(paths.backbone == "/b/t5-small")
        #expect(paths.dataMaps == "/d.json")
    }

    @Test func `the older name of the weights counts where only it exists`() throws {
        let folder = try TemporaryFolder()
        let paths = BundlePaths(directory: folder.path)
        #expect(paths.backboneWeights.hasSuffix("/model.safetensors"))
        try folder.write("", to: "t5-small/pytorch_model.bin")
        #expect(paths.backboneWeights.hasSuffix("/pytorch_model.bin"))
        try folder.write("", to: "t5-small/model.safetensors")
        #expect(paths.backboneWeights.hasSuffix("/model.safetensors"))
    }

    @Test func `datamaps hold strings and numbers`() throws {
        let folder = try TemporaryFolder()
        let text = #"{"x": [null, {"y": -1.5e3}, "z"], "item2id": {"318": "1205", "0050": 7}, "id2item": []}"#
        let maps = try DataMaps(path: folder.write(text, to: "datamaps.json"))
        #expect(maps.count == 2)
        #expect(maps.internalID(of: "318") == "1205")
        #expect(maps.internalID(of: "0050") == "7")
        #expect(maps.internalID(of: "50") == nil)
    }

    @Test(arguments: [
        ("", "empty file"), ("{", "the end of the text"), ("[]", "line 1, column 1"), ("{}", "no key \"item2id\""),
        (#"{"item2id": {"1": "a", "1": "b"}}"#, "twice"), (#"{"x": [1, {]}"#, "line 1, column 12"),
        (#"{"x": nul}"#, "nul"),
        (#"{"item2id": {}} {}"#, "line 1, column 17"),
        (#"{"x": \#(String(repeating: "[", count: 100_000))"#, "line 1, column"),
        (#"{"item2id": {"1": [2]}}"#, "item2id.1"), (#"{"item2id": {"1": null}}"#, "item2id.1"),
        (#"{"item2id": {"1": 0.5}}"#, "item2id.1"),
    ])
    func `other forms of datamaps are errors that say where`(text: String, word: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "datamaps.json")
        let error = try #require(fault { _ = try DataMaps(path: path) })
        #expect(error.description.contains(word), "\(error)")
        #expect(!error.description.contains("\n"))
    }

    @Test func `a message stays on one line whatever a file names`() {
        let error = ModelFileError(.malformed, path: "f", place: "p", found: "a\nb\u{1b}[31m\u{2028}", expected: "e")
        #expect(error.description == "f: p: found a\\u{a}b\\u{1b}[31m\\u{2028}, expected e")
    }
}
