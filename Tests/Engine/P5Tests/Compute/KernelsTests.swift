import CKernels
import Domain
import Testing

@testable import P5

struct KernelsTests {
    /// A variant that this processor runs.
    struct Variant: CaseIterable, CustomTestStringConvertible {
        let all: Kernels

        static let allCases = Kernels.available.map(Variant.init)

        var kernels: coldstart_kernels { all.table.pointee }
        var testDescription: String { all.name }
    }

    private func numbers(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in Float.random(in: -scale...scale, using: &random) }
    }

    /// `x · Wᵀ` in double precision.
    private func product(_ x: [Float], _ w: [Float], rows: Int, outputs: Int, depth: Int) -> [Float] {
        (0..<rows * outputs)
            .map { place in
                let row = place / outputs
                let output = place % outputs
                return Float(
                    (0..<depth).reduce(0.0) { $0 + Double(x[row * depth + $1]) * Double(w[output * depth + $1]) }
                )
            }
    }

    static let shapes = [
        (1, 1, 1), (7, 33, 77), (6, 16, 256), (200, 17, 257), (5, 40, 600), (13, 3, 8), (3, 4, 1_030), (8, 9, 1_030),
    ]

    @Test(arguments: Variant.allCases, shapes)
    func `both products of rows agree with double precision`(_ variant: Variant, _ shape: (Int, Int, Int)) {
        let (rows, outputs, depth) = shape
        let x = numbers(rows * depth, seed: 1)
        let w = numbers(outputs * depth, seed: 2)
        let expected = product(x, w, rows: rows, outputs: outputs, depth: depth)
        let tolerance = 1e-6 * Float(depth).squareRoot() * 4
        var found = [Float](repeating: .nan, count: rows * outputs)
        variant.kernels.linear_rows(x, depth, rows, w, depth, outputs, depth, &found, outputs, 0)
        #expect(largestDifference(found, expected) < tolerance)
        variant.kernels.linear_rows(x, depth, rows, w, depth, outputs, depth, &found, outputs, 1)
        #expect(largestDifference(found, expected.map { 2 * $0 }) < 2 * tolerance)
        found = [Float](repeating: .nan, count: rows * outputs)
        variant.kernels.multiply(x, rows: rows, w, outputs: outputs, depth: depth, into: &found)
        #expect(largestDifference(found, expected) < tolerance)
        variant.kernels.multiply(x, rows: rows, w, outputs: outputs, depth: depth, into: &found, adding: true)
        #expect(largestDifference(found, expected.map { 2 * $0 }) < 2 * tolerance)
    }

    @Test(arguments: Variant.allCases)
    func `a row's product is the same bits wherever it stands`(_ variant: Variant) {
        let (rows, outputs, depth) = (400, 37, 300)
        let row = numbers(depth, seed: 3)
        let x = Array(repeatElement(row, count: rows).joined())
        let w = numbers(outputs * depth, seed: 4)
        var all = numbers(rows * outputs, seed: 5)
        all.replaceSubrange(0..., with: repeatElement(0.25, count: all.count))
        variant.kernels.multiply(x, rows: rows, w, outputs: outputs, depth: depth, into: &all, adding: true)
        var few = [Float](repeating: 0, count: rows * outputs)
        variant.kernels.linear_rows(x, depth, rows, w, depth, outputs, depth, &few, outputs, 0)
        for row in 1..<rows {
            #expect(all[row * outputs..<(row + 1) * outputs] == all[..<outputs], "row \(row)")
            #expect(few[row * outputs..<(row + 1) * outputs] == few[..<outputs], "row \(row)")
        }
    }

    @Test(arguments: Variant.allCases, [(1, 1, 3), (2, 7, 5), (3, 16, 64), (23, 2, 20), (170, 2, 64)])
    func `self attention agrees with double precision`(_ variant: Variant, _ shape: (Int, Int, Int)) {
        let (length, heads, width) = shape
        let inner = heads * width
        let q = numbers(length * inner, seed: 6)
        let k = numbers(length * inner, seed: 7, scale: 2)
        let v = numbers(length * inner, seed: 8)
        let bias = numbers(heads * (2 * length - 1), seed: 9, scale: 3)
        var expected: [Float] = []
        for query in 0..<length {
            for head in 0..<heads {
                let scores = (0..<length)
                    .map { key in
                        (0..<width)
                            .reduce(Double(bias[head * (2 * length - 1) + length - 1 + key - query])) {
                                let column = head * width + $1
                                return $0 + Double(q[query * inner + column]) * Double(k[key * inner + column])
                            }
                    }
                let weights = softmax(scores)
                for column in head * width..<(head + 1) * width {
                    expected.append(
                        Float((0..<length).reduce(0.0) { $0 + weights[$1] * Double(v[$1 * inner + column]) })
                    )
                }
            }
        }
        let found = variant.kernels.attention(q, k, v, bias: bias, length: length, heads: heads, width: width)
        #expect(largestDifference(found, expected) < 1e-5)
    }

    private func softmax(_ scores: [Double]) -> [Double] {
        let top = scores.max() ?? 0
        let weights = scores.map { exponential($0 - top) }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    @Test(arguments: Variant.allCases)
    func `the gate is GELU in its tanh form`(_ variant: Variant) {
        let inputs = (-2_000...2_000).map { Float($0) / 100 }
        var found = inputs
        variant.kernels.gated_gelu(&found, [Float](repeating: 2, count: inputs.count), inputs.count)
        for (input, found) in zip(inputs, found) {
            let x = Double(input)
            let u = 0.797_884_560_802_865_4 * (x + 0.044715 * x * x * x)
            let expected = 2 * x / (1 + exponential(-2 * u))
            #expect(abs(Double(found) - expected) <= 2e-6 * max(1e-6, abs(expected)), "\(input)")
        }
    }

    @Test(arguments: Variant.allCases, [1, 7, 8, 33, 64])
    func `rows are normed and clipped`(_ variant: Variant, _ width: Int) {
        let x = numbers(3 * width, seed: 10, scale: 5)
        let weight = numbers(width, seed: 11)
        var found = [Float](repeating: 0, count: 3 * width)
        variant.kernels.rms_norm(x, width, weight, &found, width, 3, width, 1e-6)
        let expected = (0..<3 * width)
            .map { place in
                let row = x[place / width * width..<(place / width + 1) * width]
                let mean = row.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(width)
                return Float(Double(x[place]) / (mean + 1e-6).squareRoot() * Double(weight[place % width]))
            }
        #expect(largestDifference(found, expected) < 1e-5)
        variant.kernels.relu(&found, found.count)
        #expect(largestDifference(found, expected.map { max(0, $0) }) < 1e-5)
    }

    @Test(arguments: Variant.allCases)
    func `of equal values the first is the best`(_ variant: Variant) {
        let found = variant.kernels.top_two([1, 4, 3, 4, -1], 5)
        #expect(found.best == 1 && found.best_value == 4 && found.second_value == 4)
        let one = variant.kernels.top_two([-2], 1)
        #expect(one.best == 0 && one.best_value == -2 && one.second_value == -.infinity)
        let falling = variant.kernels.top_two([3, 2, 1], 3)
        #expect(falling.best == 0 && falling.second_value == 2)
    }
}
