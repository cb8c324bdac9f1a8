/// A row-major matrix of 32-bit floats in memory that somebody else keeps alive.
///
/// Not `Sendable`: the view does not know how long its memory lives. Whoever owns the memory makes views where it
/// needs them.
package struct MatrixView {
    /// The first element.
    package let base: UnsafePointer<Float>
    /// The number of rows.
    package let rows: Int
    /// The number of columns.
    package let columns: Int
    /// The distance in elements between the starts of two rows.
    package let rowStride: Int

    /// Creates a view.
    ///
    /// - Parameters:
    ///   - base: The first element.
    ///   - rows: The number of rows.
    ///   - columns: The number of columns.
    ///   - rowStride: The distance between the starts of two rows; `columns` where there is no gap.
    /// - Precondition: Sizes are not negative and `rowStride` is at least `columns`.
    package init(base: UnsafePointer<Float>, rows: Int, columns: Int, rowStride: Int? = nil) {
        let rowStride = rowStride ?? columns
        precondition(
            rows >= 0 && columns >= 0 && rowStride >= columns,
            "matrix of \(rows) × \(columns) with row stride \(rowStride)"
        )
        self.base = base
        self.rows = rows
        self.columns = columns
        self.rowStride = rowStride
    }

    /// The elements of one row.
    ///
    /// - Precondition: The row is one of the matrix.
    package subscript(row row: Int) -> UnsafeBufferPointer<Float> {
        precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
        return UnsafeBufferPointer(start: base + row * rowStride, count: columns)
    }
}
