import CKernels
import Domain
import Testing

@testable import P5

struct TrainingKernelsTests {
    private func numbers(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in Float.random(in: -scale...scale, using: &random) }
    }

    private func kernels(_ variant: KernelsTests.Variant) -> Kernels { variant.all }

    private func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
        (0..<rows * columns).map { matrix[$0 % rows * columns + $0 / rows] }
    }

    /// The slope of a function of one value by central differences, in double precision.
    private func slope(at x: Double, _ function: (Double) -> Double) -> Double {
        let step = 1e-4
        return (function(x + step) - function(x - step)) / (2 * step)
    }

    @Test(arguments: KernelsTests.Variant.allCases, KernelsTests.shapes)
    func `a matrix stored transposed gives the same product`(
        _ variant: KernelsTests.Variant,
        _ shape: (Int, Int, Int)
    ) {
        let (rows, columns, depth) = shape
        let x = numbers(rows * depth, seed: 1)
        let w = numbers(columns * depth, seed: 2)
        let turnedX = transposed(x, rows: rows, columns: depth)
        let turnedW = transposed(w, rows: columns, columns: depth)
        let scratch = FloatBuffer(count: Kernels.productScratch(outputs: columns))
        func product(_ left: ProductOperand, _ right: ProductOperand) -> [Float] {
            var y = [Float](repeating: 1, count: rows * columns)
            kernels(variant)
                .product(
                    rows: rows,
                    depth: depth,
                    columns: columns,
                    left,
                    right,
                    into: &y,
                    stride: columns,
                    adding: true,
                    scratch: scratch
                )
            return y
        }
        x.withUnsafeBufferPointer { x in
            turnedX.withUnsafeBufferPointer { turnedX in
                w.withUnsafeBufferPointer { w in
                    turnedW.withUnsafeBufferPointer { turnedW in
                        guard let x = x.baseAddress, let turnedX = turnedX.baseAddress else { return }
                        guard let w = w.baseAddress, let turnedW = turnedW.baseAddress else { return }
                        let lefts = [
                            ProductOperand(x, stride: depth), ProductOperand(turnedX, stride: rows, isByDepth: true),
                        ]
                        let rights = [
                            ProductOperand(w, stride: depth), ProductOperand(turnedW, stride: columns, isByDepth: true),
                        ]
                        let expected = product(lefts[0], rights[0])
                        for left in lefts {
                            for right in rights { #expect(product(left, right) == expected) }
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: KernelsTests.Variant.allCases, [1, 7, 8, 9, 40])
    func `softmax rows sum to one, and causal rows see no later place`(
        _ variant: KernelsTests.Variant,
        _ length: Int
    ) {
        let stride = Kernels.weightStride(length: length)
        let scores = numbers(length * stride, seed: 3, scale: 4)
        let bias = numbers(2 * length - 1, seed: 4, scale: 2)
        for isCausal in [false, true] {
            var found = scores
            bias.withUnsafeBufferPointer { bias in
                guard let centre = bias.baseAddress.map({ $0 + length - 1 }) else { return }
                kernels(variant).softmax(&found, rows: length, length: length, bias: centre, isCausal: isCausal)
            }
            for row in 0..<length {
                let seen = isCausal ? row + 1 : length
                let weights = (0..<seen)
                    .map { exponential(Double(scores[row * stride + $0] + bias[length - 1 + $0 - row])) }
                let expected = weights.map { Float($0 / weights.reduce(0, +)) }
                #expect(largestDifference(found[row * stride..<row * stride + seen], expected) < 1e-6)
                #expect(found[row * stride + seen..<(row + 1) * stride].allSatisfy { $0 == 0 })
            }
        }
    }

    @Test(arguments: KernelsTests.Variant.allCases, [1, 8, 13])
    func `gradients of softmax and norm are those of differences`(_ variant: KernelsTests.Variant, _ width: Int) {
        let x = numbers(width, seed: 5, scale: 2)
        let weight = numbers(width, seed: 6)
        let upstream = numbers(width, seed: 7)
        func softmaxLoss(_ x: [Double]) -> Double {
            let powers = x.map(exponential)
            return zip(powers, upstream).reduce(0) { $0 + $1.0 * Double($1.1) } / powers.reduce(0, +)
        }
        func normLoss(_ x: [Double]) -> Double {
            let scale = 1 / (x.reduce(0) { $0 + $1 * $1 } / Double(width) + 1e-6).squareRoot()
            return x.indices.reduce(0) { $0 + x[$1] * scale * Double(weight[$1]) * Double(upstream[$1]) }
        }
        func expected(_ loss: ([Double]) -> Double) -> [Float] {
            x.indices.map { place in
                Float(
                    slope(at: Double(x[place])) { value in
                        var moved = x.map(Double.init)
                        moved[place] = value
                        return loss(moved)
                    }
                )
            }
        }
        let stride = Kernels.weightStride(length: width)
        let padding = [Float](repeating: 0, count: stride - width)
        var weights = x + padding
        kernels(variant).softmax(&weights, rows: 1, length: width)
        var gradient = upstream + padding
        kernels(variant).softmaxBackward(weights, gradient: &gradient, rows: 1, length: width)
        #expect(largestDifference(gradient.prefix(width), expected(softmaxLoss)) < 1e-5)
        var added = [Float](repeating: 1, count: width)
        kernels(variant).table.pointee.rms_norm_backward(x, weight, upstream, &added, 1, width, 1e-6)
        #expect(largestDifference(added.map { $0 - 1 }, expected(normLoss)) < 1e-5)
    }

    @Test(arguments: KernelsTests.Variant.allCases)
    func `gradients of activations are those of differences`(_ variant: KernelsTests.Variant) {
        let gate = numbers(21, seed: 8, scale: 4)
        let linear = numbers(21, seed: 9)
        let upstream = numbers(21, seed: 10)
        func gelu(_ x: Double) -> Double {
            x / (1 + exponential(-2 * 0.797_884_560_802_865_4 * (x + 0.044_715 * x * x * x)))
        }
        var gradient = upstream
        var linearGradient = [Float](repeating: 0, count: 21)
        kernels(variant).table.pointee.gated_gelu_backward(gate, linear, &gradient, &linearGradient, 21)
        let gateSlopes = gate.indices.map { Float(slope(at: Double(gate[$0]), gelu)) * linear[$0] * upstream[$0] }
        #expect(largestDifference(gradient, gateSlopes) < 1e-5)
        #expect(
            largestDifference(linearGradient, gate.indices.map { Float(gelu(Double(gate[$0]))) * upstream[$0] }) < 1e-5
        )
        var masked = upstream
        kernels(variant).table.pointee.relu_backward(gate.map { max(0, $0) }, &masked, 21)
        #expect(masked == gate.indices.map { gate[$0] > 0 ? upstream[$0] : 0 })
    }

    @Test(arguments: KernelsTests.Variant.allCases)
    func `dropout drops the stated share, keeps the mean, and follows from its key alone`(
        _ variant: KernelsTests.Variant
    ) {
        func dropped(_ count: Int, key: UInt64, rate: Float = 0.25) -> [Float] {
            var values = [Float](repeating: 1, count: count)
            kernels(variant).table.pointee.dropout(&values, count, key, rate)
            return values
        }
        let values = dropped(40_000, key: 1)
        let zeros = values.count { $0 == 0 }
        #expect((9_600...10_400).contains(zeros))
        #expect(values.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
        #expect(dropped(40_000, key: 1) == values)
        #expect(dropped(100, key: 1) == Array(values.prefix(100)))
        let others = dropped(40_000, key: 2)
        let both = zip(values, others).count { $0 == 0 && $1 == 0 }
        #expect((2_200...2_800).contains(both), "keys drop independently")
        #expect(dropped(10, key: 1, rate: 0) == [Float](repeating: 1, count: 10))
    }

    @Test(arguments: KernelsTests.Variant.allCases, [1, 8, 19])
    func `a sum of exponentials agrees with double precision`(_ variant: KernelsTests.Variant, _ count: Int) {
        let values = numbers(count, seed: 11, scale: 5)
        let expected = values.reduce(0.0) { $0 + exponential(Double($1) - 5) }
        let found = kernels(variant).exponentialSum(values, count: count, largest: 5)
        #expect(abs(Double(found) - expected) < 1e-6 * expected)
    }
}
