import CKernels
import Domain
import Testing

@testable import P5

/// The integers of products in 8 bits are what they should be, and the same in every variant.
struct Int8KernelsTests {
    /// A variant of the kernels.
    enum Variant: String, CaseIterable {
        case portable, avx2, avxvnni, avx512, avx512vnni, dotprod

        var known: coldstart_variant {
            switch self {
            case .portable: coldstart_portable
            case .avx2: coldstart_avx2
            case .avxvnni: coldstart_avxvnni
            case .avx512: coldstart_avx512
            case .avx512vnni: coldstart_avx512vnni
            case .dotprod: coldstart_dotprod
            }
        }

        var kernels: coldstart_int8_kernels? { coldstart_int8_kernels_of(known)?.pointee }

        static let tried = allCases.filter { $0.kernels != nil }
    }

    struct Shape: CustomTestStringConvertible {
        let rows, outputs, depth: Int

        var testDescription: String { "\(rows) × \(depth) · \(depth) × \(outputs)" }
    }

    static let shapes =
        [1, 2, 3, 11, 12, 13, 47, 49, 50].map { Shape(rows: $0, outputs: 33, depth: 67) }
        + [1, 3, 4, 5, 7, 64, 512, 513, 2_048].map { Shape(rows: 5, outputs: 32, depth: $0) }
        + [1, 15, 31, 32, 33, 64, 65].map { Shape(rows: 13, outputs: $0, depth: 20) }

    @Test(arguments: Variant.tried, shapes)
    func `sums are those of the integers`(_ variant: Variant, _ shape: Shape) throws {
        let kernels = try #require(variant.kernels)
        var random = SplitMix64(seed: 1)
        // The first rows are those whose sums are farthest from 0, and zeros.
        let (highest, extremes): ([UInt8], [Int8]) = ([255, 0], [127, -127])
        let x = (0..<shape.rows * shape.depth)
            .map { place -> UInt8 in
                let row = place / shape.depth
                return row < highest.count ? highest[row] : UInt8.random(in: 0...255, using: &random)
            }
        let w = (0..<shape.outputs * shape.depth)
            .map { place -> Int8 in
                let output = place / shape.depth
                return output < extremes.count ? extremes[output] : Int8.random(in: -127...127, using: &random)
            }
        let expected = (0..<shape.rows * shape.outputs)
            .map { place in
                let (row, output) = (place / shape.outputs, place % shape.outputs)
                return (0..<shape.depth)
                    .reduce(Int32(0)) {
                        $0 + Int32(x[row * shape.depth + $1]) * Int32(w[output * shape.depth + $1])
                    }
            }
        #expect(kernels.sums(x, w, shape: shape) == expected)
    }

    @Test(arguments: Variant.tried, [1, 7, 8, 9, 64, 511, 2_048])
    func `activations are quantised to the same integers`(_ variant: Variant, _ width: Int) throws {
        let portable = try #require(Variant.portable.kernels)
        var random = SplitMix64(seed: UInt64(width))
        let rows = 40
        let x = (0..<rows * width)
            .map { place -> Float in
                switch place / width {
                case 0: 0
                case 1: Float.random(in: 0...9, using: &random)
                case 2: Float.random(in: -9...0, using: &random)
                case 3: Float.random(in: -1e-38...1e-38, using: &random)
                case 4: Float.random(in: -1e38...1e38, using: &random)
                // Every half is a tie.
                case 5: Float(Int.random(in: -255...255, using: &random)) / 2
                default: Float.random(in: -1...3, using: &random)
                }
            }
        let found = try #require(variant.kernels).quantised(x, rows: rows, width: width)
        let expected = portable.quantised(x, rows: rows, width: width)
        #expect(found == expected)
        for place in x.indices where place / width > 4 {
            let row = place / width
            let value = Float(Int32(found.bytes[row * found.stride + place % width]) - found.zeros[row])
            let error = abs(value * found.scales[row] - x[place])
            #expect(error <= found.scales[row] * 1.001, "row \(row), column \(place % width)")
        }
    }

    @Test(arguments: Variant.tried, [Float.nan, .infinity, -.infinity])
    func `what is not a finite number is not lost`(_ variant: Variant, _ damage: Float) throws {
        let kernels = try #require(variant.kernels)
        for place in [0, 9, 18] {
            var x = [Float](repeating: 1, count: 19)
            x[place] = damage
            #expect(kernels.quantised(x, rows: 1, width: 19).scales[0].isNaN)
            let (_, scales, _) = packed(x, outputs: 1, depth: 19)
            #expect(!scales[0].isFinite)
        }
    }

    @Test
    func `variants that this processor does not run are named`() {
        let others = Variant.allCases.filter { $0.kernels == nil }.map(\.rawValue)
        print("8-bit products: tried \(Variant.tried.map(\.rawValue)), could not try \(others)")
        #expect(Variant.tried.contains(.portable))
    }
}
