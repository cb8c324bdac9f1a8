import Formats

/// Reads weights that are split over several files, which an index beside them lists.
///
/// The index is the `model.safetensors.index.json` or `pytorch_model.bin.index.json` of Hugging Face Transformers:
/// `{"metadata": {…}, "weight_map": {"<tensor>": "<file>", …}}`, the files in the folder of the index.
package enum ShardedWeights {
    /// What the name of an index ends with.
    package static let suffix = ".index.json"

    /// Opens the tensors of all files without reading their elements.
    ///
    /// - Parameter index: The path of the index.
    /// - Returns: The tensors, file by file in the order of their names.
    /// - Throws: ``ModelFileError`` where the index or a file is damaged, or a file lacks a tensor that the index names.
    /// - Complexity: O(*n* log *n*) in the number of tensors.
    package static func read(_ index: String) throws(ModelFileError) -> StateDict {
        let map = try weightMap(of: index)
        var dictionary = StateDict(path: index)
        for file in fileNames(map) {
            guard isPlainName(file), !file.hasSuffix(suffix) else {
                throw failure(index, found: "the file \(quoted(file))", expected: "the name of a file beside the index")
            }
            let shard = try WeightsReader.read(join(folder(of: index), file))
            for tensor in shard.tensors { try dictionary.insert(tensor) }
            for name in shard.otherEntries { dictionary.noteOther(name, shard.other(name) ?? "") }
        }
        for (name, file) in map where dictionary[name] == nil && dictionary.other(name) == nil {
            throw failure(index, found: "no tensor \(quoted(name)) in \(file)", expected: "every tensor that it names")
        }
        return dictionary
    }

    /// Returns the paths of the files that an index names; none where it cannot be read.
    static func files(of index: String) -> [String] {
        guard let map = try? weightMap(of: index) else { return [] }
        return fileNames(map).filter(isPlainName).map { join(folder(of: index), $0) }
    }

    /// The file of each tensor, in the order of the index.
    private static func weightMap(of index: String) throws(ModelFileError) -> [(name: String, file: String)] {
        try JSONFile.scan(index, expected: "an index with a weight_map") { (scanner) throws(JSONFault) in
            var map: [(name: String, file: String)]?
            try scanner.object { (key, _, scanner) throws(JSONFault) in
                guard haveSameBytes(key, "weight_map") else {
                    try scanner.skipValue()
                    return
                }
                var files: [(name: String, file: String)] = []
                try scanner.object { (name, _, scanner) throws(JSONFault) in
                    files.append((name, try scanner.string()))
                }
                map = files
            }
            guard let map else {
                throw JSONFault(offset: 0, found: "no key \"weight_map\"", expected: "one")
            }
            return map
        }
    }

    private static func fileNames(_ map: [(name: String, file: String)]) -> [String] {
        Set(map.map { ExactText($0.file) }).sorted().map(\.string)
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
