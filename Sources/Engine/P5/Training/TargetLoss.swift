import CKernels
import LinearAlgebra

/// The loss of a step: cross entropy averaged over all target tokens, and its gradient at the decoder's output.
struct TargetLoss {
    let model: Encoder
    /// The tokens to generate, example by example.
    let targets: [Int32]

    /// Computes the loss.
    ///
    /// - Parameters:
    ///   - output: The decoder's output, targets × model width; multiplied by the head's scale in place.
    ///   - gradient: Receives the gradient of the output, targets × model width.
    ///   - threads: The most threads that work at once.
    /// - Returns: The loss; not finite where a logit is not.
    /// - Complexity: O(targets · vocabulary · model width).
    func callAsFunction(
        output: UnsafeMutablePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        threads: Int
    ) -> Float {
        let width = model.configuration.modelWidth
        let vocabulary = model.configuration.vocabularySize
        let stride = Kernels.weightStride(length: vocabulary)
        let scale = model.configuration.scalesDecoderOutput ? 1 / Float(width).squareRoot() : 1
        for index in 0..<targets.count * width { output[index] *= scale }
        let logits = FloatBuffer(count: targets.count * stride)
        let slices = Swift.stride(from: 0, to: vocabulary, by: DecoderWorkspace.headRows)
            .map { $0..<min($0 + DecoderWorkspace.headRows, vocabulary) }
        WorkerThreads.run(units: slices.count, threads: threads) { slice, _ in
            model.kernels.project(
                output,
                stride: width,
                rows: targets.count,
                weight: model.weights.head.rows(slices[slice]),
                into: logits.pointer + slices[slice].lowerBound,
                resultStride: stride
            )
        }
        var losses = [Double](repeating: 0, count: targets.count)
        losses.withUnsafeMutableBufferPointer { losses in
            // Each row writes its own element.
            nonisolated(unsafe) let losses = losses
            WorkerThreads.run(units: targets.count, threads: threads) { row, _ in
                losses[row] = loss(logits.pointer + row * stride, target: Int(targets[row]))
            }
        }
        let partial = slices.map { _ in FloatBuffer(count: targets.count * width) }
        WorkerThreads.run(units: slices.count, threads: threads) { slice, _ in
            let rows = slices[slice]
            let scratch = FloatBuffer(count: Kernels.projectTransposedScratch(headWidth: rows.count))
            model.kernels.table.pointee.product_rows(
                logits.pointer + rows.lowerBound,
                stride,
                targets.count,
                model.weights.head.rows(rows).pointer,
                width,
                rows.count,
                width,
                partial[slice].pointer,
                width,
                scratch.pointer
            )
            withExtendedLifetime(scratch) {}
        }
        let share = scale / Float(targets.count)
        for index in 0..<targets.count * width {
            gradient[index] = partial.reduce(0) { $0 + $1.pointer[index] } * share
        }
        return Float(losses.reduce(0, +) / Double(targets.count))
    }

    /// Returns the cross entropy of one row of logits, which become its gradient.
    private func loss(_ logits: UnsafeMutablePointer<Float>, target: Int) -> Double {
        let vocabulary = model.configuration.vocabularySize
        let best = model.kernels.topTwo(logits, count: vocabulary)
        let wanted = logits[target]
        model.kernels.softmax(logits, rows: 1, length: vocabulary)
        // The best token's probability is 1 / Σ e^(logit − best), so that its logarithm stands for the sum's.
        let sum = -logarithm(Double(logits[Int(best.best)]))
        logits[target] -= 1
        return Double(best.best_value) + sum - Double(wanted)
    }
}
