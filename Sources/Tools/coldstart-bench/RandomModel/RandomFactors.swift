import Domain
import Foundation

/// An SVD model of many movies with random factors.
enum RandomFactors {
    private static let factors = 64

    /// Writes the model into a folder unless it is there.
    ///
    /// - Parameters:
    ///   - movies: How many movies it has.
    ///   - directory: The folder.
    ///   - drift: The deviation by which its factors are off from those of the model without a drift.
    /// - Throws: The error of the file system.
    /// - Complexity: O(`movies`).
    static func make(movies: Int, in directory: String, drift: Float = 0) throws {
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        // Written last, so that its presence says that all the others are there.
        let last = folder.appendingPathComponent("item_ids.json")
        guard !FileManager.default.fileExists(atPath: last.path) else { return }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var generator = SplitMix64(seed: 11)
        var values: [Float] = generator.values(movies * factors, deviation: 0.3)
        if drift > 0 {
            var other = SplitMix64(seed: 12)
            for (index, change) in other.values(values.count, deviation: drift).enumerated() { values[index] += change }
        }
        try array([movies, factors], values)
            .write(to: folder.appendingPathComponent("V.npy"))
        try array([movies], generator.values(movies, deviation: 0.5))
            .write(to: folder.appendingPathComponent("item_bias.npy"))
        try Data(#"{"mu": 7.31}"#.utf8).write(to: folder.appendingPathComponent("global_mean.json"))
        try Data(#"{"reg": 0.5}"#.utf8).write(to: folder.appendingPathComponent("lambda.json"))
        let ids = (0..<movies).map { "\"\(1 + 3 * $0)\"" }.joined(separator: ", ")
        try Data("[\(ids)]\n".utf8).write(to: last, options: .atomic)
    }

    /// A `.npy` file of version 1.0, as https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html says.
    private static func array(_ shape: [Int], _ elements: [Float]) -> Data {
        let lengths = shape.map { "\($0)," }.joined(separator: " ")
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(lengths)), }"
        // The elements begin at a multiple of 64 bytes; magic, version and length take ten.
        let unpadded = 10 + header.utf8.count + 1
        header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
        var file = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
        file.append(littleEndian: UInt16(header.utf8.count))
        file.append(text: header)
        file.append(Data(elements: elements))
        return file
    }
}
