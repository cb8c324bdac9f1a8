import ColdstartTestSupport
import ModelFiles
import Testing

struct WeightsReaderTests {
    private static let files = [
        "safetensors/tensors.safetensors", "torch/zip-ordered-dict.pth", "torch/stream-ordered-dict.pth",
    ]

    @Test(arguments: files, ["a.pth", "a.pt", "pytorch_model.bin", "model.safetensors", "a", "a.index.json"])
    func `the container is told by its bytes, whatever the file's name`(file: String, name: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(try TemporaryFolder.bytes(of: Fixtures.path(file)), to: name)
        let expected = try WeightsReader.read(Fixtures.path(file)).names
        #expect(try WeightsReader.read(path).names == expected)
    }

    @Test(arguments: [
        ("version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 9\n", "Git LFS pointer", "git lfs pull"),
        ("<!doctype html><title>Sign in</title>", "a web page", "download"),
        ("\u{1f}\u{8b}", "", ""),
    ])
    func `what stands in place of a file is named, whatever the reader`(text: String, found: String, fix: String) throws
    {
        let folder = try TemporaryFolder()
        let isGzip = found.isEmpty
        let bytes: [UInt8] = isGzip ? [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] : Array(text.utf8)
        for name in ["a.pth", "a.safetensors", "V.npy", "item_ids.json", "datamaps.json"] {
            let path = try folder.write(bytes, to: name)
            let error = try #require(
                fault {
                    switch name {
                    case "V.npy": _ = try NPYReader.read(path)
                    case "item_ids.json": _ = try MovieIDList.read(path)
                    case "datamaps.json": _ = try DataMaps(path: path)
                    default: _ = try WeightsReader.read(path)
                    }
                }
            )
            #expect(error.description.contains(isGzip ? "gzip" : found), "\(error)")
            #expect(error.fix.contains(isGzip ? "unpack" : fix), "\(error)")
        }
    }

    @Test(arguments: ["a.pth", "model.safetensors", "a.weights"])
    func `bytes that say nothing are judged by the name of the file`(name: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3, 4, 5, 6, 7, 8, 9], to: name)
        let error = try #require(fault { _ = try WeightsReader.read(path) })
        #expect(error.description.contains(name == "model.safetensors" ? "a header of" : "the bytes 01 02"), "\(error)")
    }
}
