import ModelFiles

extension FoldInFiles {
    private struct Mean: Decodable {
        let mu: Double
    }

    private struct Regularisation: Decodable {
        let reg: Double
    }

    /// Reads `global_mean.json`, `nil` where there is none.
    func readMean() throws(ModelFileError) -> Double? {
        let path = join(directory, "global_mean.json")
        guard fileExists(path) else { return nil }
        let mean = try JSONFile.read(path, as: Mean.self, expected: "{\"mu\": number}").mu
        guard mean.isFinite, abs(mean) < 1e6 else {
            throw badSetting(path, ".mu", "\(mean)", "the mean rating")
        }
        return mean
    }

    /// Reads `lambda.json`, the default where there is none, and checks it against the factors.
    ///
    /// Below a billionth of the largest squared row norm the system of a visitor who rated a movie twice would be
    /// singular in double precision.
    func readRegularisation(largestSquaredNorm: Float) throws(ModelFileError) -> Double {
        let path = join(directory, "lambda.json")
        var regularisation = FoldInModel.defaultRegularisation
        if fileExists(path) {
            regularisation = try JSONFile.read(path, as: Regularisation.self, expected: "{\"reg\": number}").reg
        }
        let smallest = 1e-9 * Double(largestSquaredNorm)
        guard regularisation.isFinite, regularisation > 0, regularisation >= smallest else {
            throw badSetting(
                path,
                ".reg",
                "\(regularisation)",
                "a number above 0 and no less than \(smallest), a billionth of the largest squared row norm of V.npy"
            )
        }
        return regularisation
    }

    private func badSetting(_ path: String, _ place: String, _ found: String, _ expected: String) -> ModelFileError {
        ModelFileError(
            .badValue,
            path: path,
            place: place,
            found: found,
            expected: expected,
            fix: "write the value that the model was trained with"
        )
    }
}
