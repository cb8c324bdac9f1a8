import Domain
import ModelFiles
import Scenarios

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder of model files with a mistake in them.
struct ChangedFiles {
    private let folder: ScratchFolder

    /// Makes an empty folder.
    ///
    /// - Throws: The error of the file system.
    init() throws {
        folder = try ScratchFolder(for: "mutant")
    }

    /// The folder.
    var path: String { folder.path }

    /// Removes the folder.
    func remove() { folder.remove() }

    /// Writes a file.
    ///
    /// - Throws: The error of the file system.
    func write(_ content: Data, to name: String) throws { try folder.write(content, to: name) }

    /// Copies the files of the SVD model.
    ///
    /// - Throws: The error of the file system.
    func copySVD(of paths: BundlePaths) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: paths.svdDirectory) {
            try FileManager.default.copyItem(atPath: join(paths.svdDirectory, name), toPath: join(path, name))
        }
    }

    /// Gives the largest factor of a movie the other sign, in the copy of `V.npy`.
    ///
    /// - Throws: The error of the file.
    func negateLargestFactor(ofRow row: Int) throws {
        let file = join(path, "V.npy")
        let tensor = try NPYReader.read(file)
        let factors = try tensor.floatStorage()
        let columns = tensor.shape[1]
        let column = factors.withFloats { floats in
            (0..<columns).max { abs(floats[row * columns + $0]) < abs(floats[row * columns + $1]) } ?? 0
        }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let size = tensor.elementType.byteCount
        // The elements are the end of the file; the sign is the first bit of a number's most significant byte.
        let element = row * tensor.strides[0] + column * tensor.strides[1]
        let place = bytes.count - tensor.elementCount * size + element * size + (tensor.isBigEndian ? 0 : size - 1)
        bytes[place] ^= 0x80
        try FileManager.default.removeItem(atPath: file)
        try write(bytes, to: "V.npy")
    }

    /// Writes `datamaps.json` with every internal id moved to the next movie.
    ///
    /// - Throws: The error of the file; ``MutationError`` where it has another form.
    func writeShiftedDataMaps(of paths: BundlePaths) throws {
        struct Maps: Codable { var item2id: [String: InternalID] }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: paths.dataMaps))
        let maps = try JSONDecoder().decode(Maps.self, from: bytes)
        // An order that is the same every time.
        let movies = maps.item2id.keys.map { MovieID($0) }.sorted().map(\.text)
        let ids = movies.compactMap { maps.item2id[$0] }
        let shifted = Dictionary(uniqueKeysWithValues: zip(movies, ids.suffix(1) + ids.dropLast()))
        try write(try JSONEncoder().encode(Maps(item2id: shifted)), to: "datamaps.json")
    }

    /// An internal id, which files have as strings and as numbers.
    private struct InternalID: Codable {
        let text: String

        init(from decoder: any Decoder) throws {
            text = try MovieID(from: decoder).text
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }
}
