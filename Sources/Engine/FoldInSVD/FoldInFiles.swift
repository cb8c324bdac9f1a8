import Domain
import ModelFiles

/// The files of an SVD folder and what makes them usable.
struct FoldInFiles {
    /// The folder.
    let directory: String

    /// `V` with what was learnt while its values were checked.
    struct Factors {
        var storage: FloatStorage
        var rows: Int
        var columns: Int
        var largestSquaredNorm: Float
    }

    /// Reads `V.npy` and checks every factor.
    func readFactors() throws(ModelFileError) -> Factors {
        let path = join(directory, "V.npy")
        let tensor = try NPYReader.read(path)
        let limit = Int(Int32.max)
        guard tensor.shape.count == 2, tensor.elementCount > 0, tensor.shape.allSatisfy({ $0 <= limit }) else {
            throw ModelFileError(
                .mismatch,
                path: path,
                place: "array",
                found: "the shape [\(tensor.shape.map(String.init).joined(separator: ", "))]",
                expected: "[n_items, k], both from 1 to \(limit)",
                fix: "save the item factors, one row a movie"
            )
        }
        let storage = try tensor.floatStorage()
        let (rows, columns) = (tensor.shape[0], tensor.shape[1])
        let largest = try storage.withFloats { floats throws(ModelFileError) in
            var largest: Float = 0
            for row in 0..<rows {
                let norm = squaredNorm(UnsafeBufferPointer(rebasing: floats[row * columns..<(row + 1) * columns]))
                // A sum of squares is finite only where all of its terms are; large factors overflow it as well.
                if !norm.isFinite {
                    try checkFinite(floats, row: row, columns: columns, path: path)
                }
                largest = max(largest, norm)
            }
            return largest
        }
        return Factors(storage: storage, rows: rows, columns: columns, largestSquaredNorm: largest)
    }

    /// Reads `item_ids.json`.
    func readMovies(count: Int) throws(ModelFileError) -> [MovieID] {
        let path = join(directory, "item_ids.json")
        let movies = try MovieIDList.read(path)
        guard movies.count == count else {
            throw ModelFileError(
                .mismatch,
                path: path,
                place: "array",
                found: "\(movies.count) ids",
                expected: "\(count), one for each row of V.npy",
                fix: "export both files from the same model"
            )
        }
        return movies
    }

    /// Maps each movie to its row.
    func indexRows(of movies: [MovieID]) throws(ModelFileError) -> MovieIndex {
        do {
            return try MovieIndex(movies)
        } catch {
            throw ModelFileError(
                .malformed,
                path: join(directory, "item_ids.json"),
                place: "[\(error.row)]",
                found: "the id \"\(movies[error.row].text.prefix(120))\" again, after [\(error.earlier)]",
                expected: "each id once",
                fix: "export the ids again"
            )
        }
    }

    /// Reads `item_bias.npy`, zeros where there is none.
    func readBiases(count: Int) throws(ModelFileError) -> [Float] {
        let path = join(directory, "item_bias.npy")
        guard fileExists(path) else { return [Float](repeating: 0, count: count) }
        let tensor = try NPYReader.read(path)
        guard tensor.shape == [count] || tensor.shape == [count, 1] else {
            throw ModelFileError(
                .mismatch,
                path: path,
                place: "array",
                found: "the shape [\(tensor.shape.map(String.init).joined(separator: ", "))]",
                expected: "[\(count)], one bias for each row of V.npy",
                fix: "export both files from the same model"
            )
        }
        let biases = try tensor.floats()
        if let row = biases.firstIndex(where: { !$0.isFinite }) {
            throw badValue(path: path, place: "row \(row), column 0", value: biases[row])
        }
        return biases
    }

    private func squaredNorm(_ values: UnsafeBufferPointer<Float>) -> Float {
        var sums = SIMD8<Float>()
        let whole = values.count / 8 * 8
        var index = 0
        while index < whole {
            let lanes = UnsafeRawPointer(values.baseAddress! + index).loadUnaligned(as: SIMD8<Float>.self)
            sums += lanes * lanes
            index += 8
        }
        return values[whole...].reduce(sums.sum()) { $0 + $1 * $1 }
    }

    private func checkFinite(
        _ floats: UnsafeBufferPointer<Float>,
        row: Int,
        columns: Int,
        path: String
    ) throws(ModelFileError) {
        for column in 0..<columns where !floats[row * columns + column].isFinite {
            throw badValue(path: path, place: "row \(row), column \(column)", value: floats[row * columns + column])
        }
    }

    private func badValue(path: String, place: String, value: Float) -> ModelFileError {
        ModelFileError(
            .badValue,
            path: path,
            place: place,
            found: "\(value)",
            expected: "a finite number",
            fix: "train or export the model again"
        )
    }
}
