import Domain
import Foundation
import ModelFiles

/// A t5-small of 60 M parameters with random weights, where there is no Python to make one.
enum RandomT5Small {
    private static let width = 512
    private static let innerWidth = 2_048
    private static let heads = 8
    private static let vocabulary = 32_128
    private static let layers = 6

    /// Writes `t5-small/` and `p5/` of a bundle into a folder.
    ///
    /// - Parameters:
    ///   - directory: The folder.
    ///   - bundle: The bundle whose pieces and internal ids the model uses.
    /// - Throws: The error of the file that cannot be read or written.
    static func make(in directory: String, from bundle: BundlePaths) throws {
        let paths = BundlePaths(directory: directory)
        let files = FileManager.default
        for folder in [paths.backbone, directory + "/p5"] {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try Data(contentsOf: URL(fileURLWithPath: bundle.sentencePieceModel))
            .write(to: URL(fileURLWithPath: paths.sentencePieceModel))
        try Data(contentsOf: URL(fileURLWithPath: bundle.dataMaps)).write(to: URL(fileURLWithPath: paths.dataMaps))
        let configuration = """
            {"model_type": "t5", "d_model": \(width), "d_kv": \(width / heads), "d_ff": \(innerWidth), \
            "num_heads": \(heads), "num_layers": \(layers), "vocab_size": \(vocabulary), \
            "feed_forward_proj": "relu", "tie_word_embeddings": true, "decoder_start_token_id": 0}

            """
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: paths.backboneConfiguration))
        var generator = SplitMix64(seed: 7)
        let tensors = shapes.map { shape in
            NamedFloats(
                name: shape.name,
                shape: shape.lengths,
                elements: shape.deviation.map { generator.values(shape.count, deviation: $0) }
                    ?? [Float](repeating: 1, count: shape.count)
            )
        }
        try SafetensorsWriter.write(tensors, to: directory + "/t5-small/model.safetensors")
        try TorchCheckpointWriter.write(tensors.map { $0.renamed("module." + $0.name) }, to: paths.checkpoint)
    }

    private struct Shape {
        let name: String
        let lengths: [Int]
        /// The spread of the values, as Hugging Face initialises T5; `nil` for ones.
        let deviation: Float?

        var count: Int { lengths.reduce(1, *) }
    }

    /// Names, shapes and spreads of all weights.
    private static var shapes: [Shape] {
        let narrow = 1 / Float(width).squareRoot()
        func attention(_ prefix: String) -> [Shape] {
            let query = 1 / Float(width * width / heads).squareRoot()
            return [("q", query), ("k", narrow), ("v", narrow), ("o", narrow)]
                .map { Shape(name: "\(prefix).\($0).weight", lengths: [width, width], deviation: $1) }
        }
        func norm(_ prefix: String) -> Shape {
            Shape(name: prefix + ".weight", lengths: [width], deviation: nil)
        }
        var shapes = [Shape(name: "shared.weight", lengths: [vocabulary, width], deviation: 1)]
        for stack in ["encoder", "decoder"] {
            for block in 0..<layers {
                let prefix = "\(stack).block.\(block).layer."
                shapes += attention(prefix + "0.SelfAttention") + [norm(prefix + "0.layer_norm")]
                if block == 0 {
                    let name = prefix + "0.SelfAttention.relative_attention_bias.weight"
                    shapes.append(Shape(name: name, lengths: [32, heads], deviation: narrow))
                }
                if stack == "decoder" {
                    shapes += attention(prefix + "1.EncDecAttention") + [norm(prefix + "1.layer_norm")]
                }
                let last = prefix + (stack == "decoder" ? "2" : "1")
                shapes.append(
                    Shape(name: last + ".DenseReluDense.wi.weight", lengths: [innerWidth, width], deviation: narrow)
                )
                shapes.append(
                    Shape(
                        name: last + ".DenseReluDense.wo.weight",
                        lengths: [width, innerWidth],
                        deviation: 1 / Float(innerWidth).squareRoot()
                    )
                )
                shapes.append(norm(last + ".layer_norm"))
            }
            shapes.append(norm(stack + ".final_layer_norm"))
        }
        return shapes
    }
}

/// A tensor to be written.
struct NamedFloats {
    /// Its name.
    let name: String
    /// The length of each dimension.
    let shape: [Int]
    /// The elements, row-major.
    let elements: [Float]

    /// Returns the same elements under another name.
    func renamed(_ name: String) -> NamedFloats {
        NamedFloats(name: name, shape: shape, elements: elements)
    }
}
