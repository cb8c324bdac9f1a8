package import Domain
import LinearAlgebra
package import ModelFiles

/// The first stage: a factor model of the catalogue into which a new visitor is folded without training.
///
/// `V` is n movies × k factors. The visitor's vector solves a ridge regression of the ratings on the rated movies' rows
/// (Sarwar and others, Incremental singular value decomposition algorithms for highly scalable recommender systems,
/// 2002, with the regularisation of Koren, Bell and Volinsky, 2009).
package final class FoldInModel: Sendable {
    /// The mean rating that a bundle without `global_mean.json` has.
    package static let defaultMean = 7.31
    /// The regularisation that a bundle without `lambda.json` has.
    package static let defaultRegularisation = 0.05

    /// The folder the model was read from.
    package let directory: String
    /// The movies in the order of the rows of `V`.
    package let movies: [MovieID]
    /// The number of factors, k.
    package let factorCount: Int
    /// The mean rating, mu.
    package let mean: Double
    /// The regularisation, reg.
    package let regularisation: Double

    /// `V`, movies.count × factorCount, row-major.
    let factors: FloatStorage
    /// One bias a movie.
    let biases: [Float]
    /// A bound of the length of every row of `V`.
    let largestNorm: Float
    /// The largest absolute value of what the biased formula adds.
    let largestOffset: Float
    private let rowsByMovie: MovieIndex

    /// Opens the model of a folder: `V.npy`, `item_ids.json`, and perhaps `item_bias.npy`, `global_mean.json` and
    /// `lambda.json`.
    ///
    /// A float32 `V` in C order stays in its file.
    ///
    /// - Throws: ``ModelFileError`` where a file is missing or damaged, the counts differ, a movie comes twice, a
    ///   factor or a bias is not finite, or the regularisation cannot be used.
    /// - Complexity: O(n · k).
    package init(directory: String) throws(ModelFileError) {
        // One product of a matrix and a vector a visitor is bound by memory; further threads of BLAS would only spin.
        BLAS.setThreads(1)
        let files = FoldInFiles(directory: directory)
        let matrix = try files.readFactors()
        let movies = try files.readMovies(count: matrix.rows)
        self.directory = directory
        self.movies = movies
        self.rowsByMovie = try files.indexRows(of: movies)
        self.factors = matrix.storage
        self.factorCount = matrix.columns
        let biases = try files.readBiases(count: matrix.rows)
        let mean = try files.readMean() ?? FoldInModel.defaultMean
        self.biases = biases
        self.mean = mean
        // A thousandth more than what 32-bit sums can have lost.
        self.largestNorm = matrix.largestSquaredNorm.squareRoot() * 1.001
        self.largestOffset = Float(abs(mean)) + (biases.lazy.map(abs).max() ?? 0)
        self.regularisation = try files.readRegularisation(largestSquaredNorm: matrix.largestSquaredNorm)
    }

    /// The row of a movie, `nil` where the model does not know it.
    package func row(of movie: MovieID) -> Int? { rowsByMovie.row(of: movie) }

    /// Calls a function with `V`.
    func withFactors<Result>(_ body: (MatrixView) -> Result) -> Result {
        factors.withFloats { floats in
            guard let base = floats.baseAddress else { preconditionFailure("a model without factors") }
            return body(MatrixView(base: base, rows: movies.count, columns: factorCount))
        }
    }
}
