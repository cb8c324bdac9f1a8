import Domain

/// AdamW on one vector of parameters, with the gradient clipped to a norm first.
///
/// Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (ICLR 2019), in the form and order of operations of
/// PyTorch's `torch.optim.AdamW` and `torch.nn.utils.clip_grad_norm_`.
struct AdamW {
    static let firstDecay = 0.9
    static let secondDecay = 0.999
    static let epsilon: Float = 1e-8

    let learningRate: Float
    let weightDecay: Float
    let largestNorm: Float

    private var first: [Float]
    private var second: [Float]
    private var steps = 0

    init(count: Int, settings: SoftPromptSettings) {
        self.learningRate = settings.learningRate
        self.weightDecay = settings.weightDecay
        self.largestNorm = settings.largestNorm
        self.first = [Float](repeating: 0, count: count)
        self.second = first
    }

    /// Moves the parameters one step against the gradient.
    ///
    /// - Complexity: O(*n*).
    mutating func step(_ parameters: inout [Float], gradient: [Float]) {
        precondition(gradient.count == first.count && parameters.count == first.count, "\(gradient.count) values")
        steps += 1
        let norm = Float(gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot())
        let clip = min(1, largestNorm / (norm + 1e-6))
        let stepSize = learningRate / Float(1 - power(Self.firstDecay, steps))
        let correction = Float((1 - power(Self.secondDecay, steps)).squareRoot())
        for index in parameters.indices {
            let slope = gradient[index] * clip
            first[index] += (slope - first[index]) * Float(1 - Self.firstDecay)
            second[index] = second[index] * Float(Self.secondDecay) + slope * slope * Float(1 - Self.secondDecay)
            parameters[index] *= 1 - learningRate * weightDecay
            parameters[index] -= stepSize * first[index] / (second[index].squareRoot() / correction + Self.epsilon)
        }
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
