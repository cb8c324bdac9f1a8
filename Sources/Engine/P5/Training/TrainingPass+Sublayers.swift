import CKernels

extension TrainingPass {
    /// Keeps a layer's input and norms it into working memory.
    func normalise(_ norm: FloatVector, _ stack: StackTrace, keeping input: FloatBuffer) {
        let rows = stack.rows(of: range)
        keep(input, of: stack)
        kernels.normalise(
            stack.stream.pointer + rows.lowerBound * width,
            weight: norm,
            into: workspace.normed.pointer,
            rows: rows.count,
            epsilon: configuration.normEpsilon
        )
    }

    /// Keeps the stream as a layer's input.
    func keep(_ input: FloatBuffer, of stack: StackTrace) {
        let rows = stack.rows(of: range)
        let first = rows.lowerBound * width
        (input.pointer + first).update(from: stack.stream.pointer + first, count: rows.count * width)
    }

    /// Computes `y = x · Wᵀ` for rows of a stack without gaps.
    ///
    /// The decoder's rows are so few that packing the weights would cost more than the product. Which way is taken
    /// follows from the stack alone, so that results do not depend on how examples are spread over passes.
    func project(
        _ x: UnsafePointer<Float>,
        rows: Int,
        of stack: StackTrace,
        _ weight: LinearWeight,
        into y: UnsafeMutablePointer<Float>,
        adding: Bool = false
    ) {
        guard stack.kind == .encoder else {
            kernels.project(
                x,
                stride: weight.inputs,
                rows: rows,
                weight: weight.all,
                into: y,
                resultStride: weight.outputs,
                adding: adding
            )
            return
        }
        kernels.product(
            rows: rows,
            depth: weight.inputs,
            columns: weight.outputs,
            ProductOperand(x, stride: weight.inputs),
            ProductOperand(weight.pointer, stride: weight.inputs),
            into: y,
            stride: weight.outputs,
            adding: adding,
            scratch: workspace.product
        )
    }

    /// Computes `dx = dy · W`, the gradient of a linear layer's input, for rows of a stack without gaps.
    func projectBackward(
        _ gradient: UnsafePointer<Float>,
        rows: Int,
        of stack: StackTrace,
        _ weight: LinearWeight,
        into result: UnsafeMutablePointer<Float>,
        adding: Bool = false
    ) {
        guard stack.kind == .encoder else {
            let target = adding ? workspace.sum.pointer : result
            kernels.projectTransposed(
                gradient,
                stride: weight.outputs,
                rows: rows,
                weight: weight.all,
                into: target,
                resultStride: weight.inputs,
                scratch: workspace.product
            )
            if adding { for index in 0..<rows * weight.inputs { result[index] += target[index] } }
            return
        }
        kernels.product(
            rows: rows,
            depth: weight.outputs,
            columns: weight.inputs,
            ProductOperand(gradient, stride: weight.outputs),
            ProductOperand(weight.pointer, stride: weight.inputs, isByDepth: true),
            into: result,
            stride: weight.inputs,
            adding: adding,
            scratch: workspace.product
        )
    }

    /// Adds a layer's last product to the stream.
    func addToStream(
        _ x: UnsafePointer<Float>,
        _ weight: LinearWeight,
        _ stack: StackTrace,
        _ place: Dropout.Place,
        layer: Int
    ) {
        let rows = stack.rows(of: range)
        let stream = stack.stream.pointer + rows.lowerBound * width
        guard !dropout.isOff else {
            project(x, rows: rows.count, of: stack, weight, into: stream, adding: true)
            return
        }
        let result = workspace.normed.pointer
        project(x, rows: rows.count, of: stack, weight, into: result)
        drop(place, result - rows.lowerBound * width, of: stack, layer: layer)
        for index in 0..<rows.count * width { stream[index] += result[index] }
    }

    /// Returns the gradient of a layer's last product, given that of the stream.
    func outputGradient(_ stack: StackTrace, _ place: Dropout.Place, layer: Int) -> UnsafePointer<Float> {
        let rows = stack.rows(of: range)
        let gradient = stack.gradient.pointer + rows.lowerBound * width
        guard !dropout.isOff else { return UnsafePointer(gradient) }
        workspace.normed.pointer.update(from: gradient, count: rows.count * width)
        drop(place, workspace.normed.pointer - rows.lowerBound * width, of: stack, layer: layer)
        return UnsafePointer(workspace.normed.pointer)
    }

    /// Adds the gradient of a layer's normed input, in working memory, to that of the stream.
    func addToGradient(_ norm: FloatVector, _ stack: StackTrace, input: FloatBuffer) {
        let rows = stack.rows(of: range)
        kernels.normaliseBackward(
            input.pointer + rows.lowerBound * width,
            weight: norm,
            gradient: workspace.normed.pointer,
            addingTo: stack.gradient.pointer + rows.lowerBound * width,
            rows: rows.count,
            epsilon: configuration.normEpsilon
        )
    }

    func feedForward(_ weights: FeedForwardWeights, _ stack: StackTrace, layer: Int) {
        let trace = stack.feedForward[layer]
        let rows = stack.rows(of: range)
        let wide = configuration.feedForwardWidth
        let first = rows.lowerBound * wide
        var inner = trace.inner.pointer + first
        normalise(weights.norm, stack, keeping: trace.input)
        project(workspace.normed.pointer, rows: rows.count, of: stack, weights.inner, into: inner)
        if let gated = weights.gated {
            project(workspace.normed.pointer, rows: rows.count, of: stack, gated, into: trace.linear.pointer + first)
            workspace.inner.pointer.update(from: inner, count: rows.count * wide)
            inner = workspace.inner.pointer
        }
        let gate = weights.gated == nil ? nil : UnsafePointer(trace.linear.pointer + first)
        kernels.activate(inner, gatedBy: gate, count: rows.count * wide)
        drop(.innerValues, inner - first, of: stack, layer: layer, columns: wide)
        addToStream(inner, weights.outer, stack, .feedForwardOutput, layer: layer)
    }

    func feedForwardBackward(_ weights: FeedForwardWeights, _ stack: StackTrace, layer: Int) {
        let trace = stack.feedForward[layer]
        let rows = stack.rows(of: range)
        let wide = configuration.feedForwardWidth
        let first = rows.lowerBound * wide
        let count = rows.count * wide
        let inner = workspace.inner.pointer
        let output = outputGradient(stack, .feedForwardOutput, layer: layer)
        projectBackward(output, rows: rows.count, of: stack, weights.outer, into: inner)
        drop(.innerValues, inner - first, of: stack, layer: layer, columns: wide)
        if let gated = weights.gated {
            kernels.table.pointee.gated_gelu_backward(
                trace.inner.pointer + first,
                trace.linear.pointer + first,
                inner,
                workspace.linear.pointer,
                count
            )
            projectBackward(
                workspace.linear.pointer,
                rows: rows.count,
                of: stack,
                gated,
                into: workspace.normed.pointer
            )
        } else {
            kernels.table.pointee.relu_backward(trace.inner.pointer + first, inner, count)
        }
        let isGated = weights.gated != nil
        projectBackward(
            inner,
            rows: rows.count,
            of: stack,
            weights.inner,
            into: workspace.normed.pointer,
            adding: isGated
        )
        addToGradient(weights.norm, stack, input: trace.input)
    }
}
