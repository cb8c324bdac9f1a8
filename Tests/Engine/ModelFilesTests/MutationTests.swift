import ColdstartTestSupport
import Domain
import ModelFiles
import Testing

/// Damages every fixture a few thousand times: a reader may refuse or read other values, never crash.
struct MutationTests {
    private static let files = [
        "npy/v1-c-f4.npy", "npy/v1-fortran-f8.npy", "npy/v3-c-f8.npy", "safetensors/tensors.safetensors",
        "torch/zip-ordered-dict.pth", "torch/zip-module-state-dict.pth", "torch/zip-parameter.pth",
        "torch/stream-ordered-dict.pth", "torch/refused-foreign-global.pth", "torch/refused-foreign-global-stream.pth",
        "containers/torch/other-kinds.pth", "containers/torch/numpy-kinds.pth", "containers/torch/python-2-dict.pth",
        "containers/torch/stream-protocol-4.pth", "containers/safetensors/types.safetensors",
        "containers/npy/python-2-long.npy", "containers/npy/big-endian-fortran.npy",
    ]

    private func readAll(_ path: String) -> Int {
        var read = 0
        if path.hasSuffix(".npy") {
            read += (try? NPYReader.read(path).floats().count) ?? 0
        } else if let dictionary = try? WeightsReader.read(path) {
            for tensor in dictionary.tensors {
                read += (try? tensor.floats().count) ?? 0
            }
        }
        return read
    }

    @Test(arguments: files) func `damage never crashes a reader`(file: String) throws {
        let original = try TemporaryFolder.bytes(of: Fixtures.path(file))
        let folder = try TemporaryFolder()
        let name = String(file.split(separator: "/").last ?? "")
        var random = SplitMix64(seed: 20_240_229)
        for _ in 0..<400 {
            var damaged = original
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                switch Int.random(in: 0..<8, using: &random) {
                case 0: damaged.removeLast(Int.random(in: 0...damaged.count, using: &random))
                case 1 where !damaged.isEmpty:
                    // All ones: the largest length there is.
                    let start = Int.random(in: damaged.indices, using: &random)
                    for index in start..<min(start + 8, damaged.count) { damaged[index] = 0xff }
                case 2 where !damaged.isEmpty:
                    let index = Int.random(in: damaged.indices, using: &random)
                    damaged[index] = UInt8.random(in: 0...255, using: &random)
                default:
                    guard !damaged.isEmpty else { continue }
                    damaged[Int.random(in: damaged.indices, using: &random)] ^=
                        1 << UInt8.random(in: 0..<8, using: &random)
                }
            }
            // However it is damaged, a file cannot make more numbers than it has bytes for.
            #expect(readAll(try folder.write(damaged, to: name)) <= 64 * max(1, damaged.count))
        }
    }
}
