/// Reads weights that are split over several files, which an index beside them lists.
///
/// The index is the `model.safetensors.index.json` or `pytorch_model.bin.index.json` of Hugging Face Transformers:
/// `{"metadata": {…}, "weight_map": {"<tensor>": "<file>", …}}`, the files in the folder of the index.
package enum ShardedWeights {
    /// What the name of an index ends with.
    package static let suffix = ".index.json"

    private struct Index: Decodable {
        var weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case weightMap = "weight_map"
        }
    }

    /// Opens the tensors of all files without reading their elements.
    ///
    /// - Parameter index: The path of the index.
    /// - Returns: The tensors, file by file in the order of their names.
    /// - Throws: ``ModelFileError`` where the index or a file is damaged, or a file lacks a tensor that the index names.
    /// - Complexity: O(*n* log *n*) in the number of tensors.
    package static func read(_ index: String) throws(ModelFileError) -> StateDict {
        let map = try JSONFile.read(index, as: Index.self, expected: "an index with a weight_map").weightMap
        var dictionary = StateDict(path: index)
        for file in Set(map.values).sorted() {
            guard isPlainName(file), !file.hasSuffix(suffix) else {
                throw failure(index, found: "the file \(quoted(file))", expected: "the name of a file beside the index")
            }
            let shard = try WeightsReader.read(join(folder(of: index), file))
            for tensor in shard.tensors { try dictionary.insert(tensor) }
            for name in shard.otherEntries { dictionary.noteOther(name) }
        }
        for (name, file) in map.sorted(by: { $0.key < $1.key }) where dictionary[name] == nil {
            throw failure(index, found: "no tensor \(quoted(name)) in \(file)", expected: "every tensor that it names")
        }
        return dictionary
    }

    /// Returns the paths of the files that an index names; none where it cannot be read.
    static func files(of index: String) -> [String] {
        guard let map = try? JSONFile.read(index, as: Index.self, expected: "an index").weightMap else { return [] }
        return Set(map.values).filter(isPlainName).sorted().map { join(folder(of: index), $0) }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// Whether a name leads to no other folder.
    private static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && name != ".." && name != "." && !name.contains("/") && !name.contains("\0")
    }

    private static func failure(_ index: String, found: String, expected: String) -> ModelFileError {
        ModelFileError(
            .malformed,
            path: index,
            place: "weight_map",
            found: found,
            expected: expected,
            fix: "copy the index and all files that it names again"
        )
    }
}
