import ModelFiles
import P5

extension FuzzedReader {
    /// The files of a bundle.
    static let modelFiles = [
        FuzzedReader("npy", file: "x.npy") { path in _ = try NPYReader.read(path) },
        FuzzedReader("safetensors", file: "x.safetensors") { path in _ = try SafetensorsReader.read(path) },
        FuzzedReader("pickle", file: "x.pth") { path in _ = try TorchCheckpointReader.read(path) },
        FuzzedReader("id-map", file: "datamaps.json") { path in _ = try DataMaps(path: path) },
        FuzzedReader("movie-ids", file: "ids.json") { path in _ = try MovieIDList.read(path) },
        FuzzedReader("t5-config", file: "config.json") { path in _ = try T5Configuration(path: path) },
        FuzzedReader("sentencepiece", file: "spiece.model") { path in _ = try Tokenizer(modelPath: path) },
    ]
}
