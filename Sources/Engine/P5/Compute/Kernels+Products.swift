import CKernels
import LinearAlgebra

/// A product with weights, `y = x · Wᵀ`.
struct LinearProduct {
    let weight: LinearWeight
    /// Rows × outputs.
    let result: UnsafeMutablePointer<Float>
    /// The distance between two rows of the result.
    let stride: Int

    /// A product whose rows lie without gaps.
    init(_ weight: LinearWeight, into result: FloatBuffer) {
        self.init(weight, into: result.pointer)
    }

    /// A product whose rows lie without gaps, or `stride` floats apart.
    init(_ weight: LinearWeight, into result: UnsafeMutablePointer<Float>, stride: Int? = nil) {
        self.weight = weight
        self.result = result
        self.stride = stride ?? weight.outputs
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
        multiply(x, rows: rows, products, adding: adding, team: team, workspace: workspace) {
            product,
            outputs,
            thread in
            multiply(
                x,
                rows: rows,
                weight: product.weight.rows(outputs),
                into: product.result + outputs.lowerBound,
                resultStride: product.stride,
                adding: adding,
                scratch: workspace.scratch[thread]
            )
        }
    }

    /// The same for few rows, where packing weights of float32 would cost more than the product.
    func multiplyFewRows(
        _ x: UnsafePointer<Float>,
        rows: Int,
        _ products: [LinearProduct],
        adding: Bool = false,
        team: Team,
        workspace: ProductWorkspace
    ) {
        multiply(x, rows: rows, products, adding: adding, team: team, workspace: workspace) { product, outputs, _ in
            project(
                x,
                stride: product.weight.inputs,
                rows: rows,
                weight: product.weight.rows(outputs),
                into: product.result + outputs.lowerBound,
                resultStride: product.stride,
                adding: adding
            )
        }
    }

    private func multiply(
        _ x: UnsafePointer<Float>,
        rows: Int,
        _ products: [LinearProduct],
        adding: Bool,
        team: Team,
        workspace: ProductWorkspace,
        exactly: (LinearProduct, _ outputs: Range<Int>, _ thread: Int) -> Void
    ) {
        var isQuantised = false
        for product in products {
            guard let packed = product.weight.int8, let quantised = workspace.quantised else {
                team.split(product.weight.outputs, by: Self.widestTile) { exactly(product, $0, $1) }
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
                    into: product,
                    adding: adding,
                    scratch: workspace.scratch[thread]
                )
            }
        }
    }
}
