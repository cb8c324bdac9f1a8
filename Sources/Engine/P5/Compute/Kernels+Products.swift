import LinearAlgebra

/// A product with weights, `y = x · Wᵀ`.
struct LinearProduct {
    let weight: LinearWeight
    /// Rows × outputs, without gaps.
    let result: UnsafeMutablePointer<Float>

    init(_ weight: LinearWeight, into result: UnsafeMutablePointer<Float>) {
        self.weight = weight
        self.result = result
    }
}

extension Kernels {
    /// Computes products of the same rows, which lie without gaps, or adds them; each thread computes some of the outputs.
    ///
    /// - Precondition: The workspace has as many threads as the team; it has room for the rows in 8 bits where a weight
    ///   is packed in them.
    func multiply(
        _ x: UnsafePointer<Float>,
        rows: Int,
        _ products: [LinearProduct],
        adding: Bool = false,
        team: Team,
        workspace: ProductWorkspace
    ) {
        var isQuantised = false
        for product in products {
            guard let packed = product.weight.int8, let quantised = workspace.quantised else {
                team.split(product.weight.outputs, by: Self.widestTile) { outputs, thread in
                    multiply(
                        x,
                        rows: rows,
                        weight: product.weight.rows(outputs),
                        into: product.result + outputs.lowerBound,
                        resultStride: product.weight.outputs,
                        adding: adding,
                        scratch: workspace.scratch[thread]
                    )
                }
                continue
            }
            if !isQuantised {
                team.split(rows) { part, _ in quantise(x, rows: part, depth: packed.inputs, into: quantised) }
                isQuantised = true
            }
            team.split(packed.outputs, by: Int8Weight.panel) { outputs, thread in
                multiply(
                    quantised,
                    rows: rows,
                    weight: packed,
                    outputs: outputs,
                    into: product.result,
                    adding: adding,
                    scratch: workspace.scratch[thread]
                )
            }
        }
    }
}
