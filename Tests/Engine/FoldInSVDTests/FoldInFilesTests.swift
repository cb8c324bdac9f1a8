import ColdstartTestSupport
import Domain
import FoldInSVD
import ModelFiles
import Testing

struct FoldInFilesTests {
    private func fault(_ folder: SVDFolder) -> ModelFileError? {
        do {
            _ = try FoldInModel(directory: folder.path)
            return nil
        } catch {
            return error
        }
    }

    @Test func `what a bundle leaves out has its default`() throws {
        let folder = try SVDFolder()
        let model = try FoldInModel(directory: folder.path)
        #expect(model.mean == 7.31)
        #expect(model.regularisation == 0.05)
        #expect(model.movies == ["a", "b", "c"])
        #expect(model.factorCount == 2)
    }

    @Test func `settings are read`() throws {
        let folder = try SVDFolder()
        try folder.write(#"{"mu": 6}"#, to: "global_mean.json")
        try folder.write(#"{"reg": 2.5}"#, to: "lambda.json")
        let model = try FoldInModel(directory: folder.path)
        #expect(model.mean == 6)
        #expect(model.regularisation == 2.5)
    }

    @Test func `ids are strings or numbers`() throws {
        let folder = try SVDFolder(ids: #"[318, "0050", 12345678901234567890123]"#)
        let model = try FoldInModel(directory: folder.path)
        #expect(model.movies == ["318", "0050", "12345678901234567890123"])
    }

    @Test(arguments: [
        (#"["a", "b"]"#, "2 ids"), (#"["a", "b", "c", "d"]"#, "4 ids"), (#"["a", "b", "a"]"#, "\"a\" again"),
        (#"["1", 2, 1]"#, "\"1\" again"), (#"["a", "b", null]"#, "[2]"), (#"{"a": 1}"#, "line 1, column 1"),
        ("", "empty"),
        (#"["a", "b", 007]"#, "[2]"),
        (#"["a", 0.5, "c"]"#, "[1]"),
    ])
    func `ids that do not fit the factors are an error`(ids: String, word: String) throws {
        let error = try #require(fault(SVDFolder(ids: ids)))
        #expect(error.path.hasSuffix("item_ids.json"))
        #expect(error.description.contains(word))
    }

    @Test func `a wrong count names both numbers`() throws {
        let error = try #require(fault(SVDFolder(ids: #"["a", "b"]"#)))
        #expect(error.found == "2 ids" && error.expected.hasPrefix("3,"))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity]) func `a factor that is no number is named`(value: Float) throws
    {
        let error = try #require(fault(SVDFolder(rows: [[1, 2], [3, value], [5, 6]])))
        #expect(error.code == .badValue)
        #expect(error.place == "row 1, column 1")
        #expect(error.path.hasSuffix("V.npy"))
    }

    @Test func `a bias that is no number is named`() throws {
        let folder = try SVDFolder()
        try folder.writeArray([0, 1, .nan], shape: [3], to: "item_bias.npy")
        #expect(fault(folder)?.place == "row 2, column 0")
    }

    @Test func `biases must be as many as movies`() throws {
        let folder = try SVDFolder()
        try folder.writeArray([0, 1], shape: [2], to: "item_bias.npy")
        #expect(fault(folder)?.found == "the shape [2]")
    }

    @Test(arguments: ["0", "-1", "1e-30", "1e999", "\"0.05\"", "null"])
    func `an absurd regularisation is refused`(value: String) throws {
        let folder = try SVDFolder()
        try folder.write("{\"reg\": \(value)}", to: "lambda.json")
        #expect(fault(folder)?.path.hasSuffix("lambda.json") == true)
    }

    @Test(arguments: ["1e300", "{}", "\"7\""]) func `an absurd mean is refused`(value: String) throws {
        let folder = try SVDFolder()
        try folder.write("{\"mu\": \(value)}", to: "global_mean.json")
        #expect(fault(folder)?.path.hasSuffix("global_mean.json") == true)
    }

    @Test func `factors must be a matrix with rows`() throws {
        let vector = try SVDFolder()
        try vector.writeArray([1, 2, 3], shape: [3], to: "V.npy")
        #expect(fault(vector)?.found == "the shape [3]")
        #expect(try fault(SVDFolder(rows: [], ids: "[]")) != nil)
    }

    @Test func `a missing file is named`() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: ModelFileError.self) { try FoldInModel(directory: folder.path) }
        #expect(error?.path == folder.path + "/V.npy")
        #expect(error?.code == .unreadable)
    }

    @Test(arguments: [1, 7, 8, 9, 64]) func `any number of factors will do`(count: Int) throws {
        var random = SplitMix64(seed: 9)
        let rows = (0..<20).map { _ in (0..<count).map { _ in Float.random(in: -1...1, using: &random) } }
        let ids = "[" + (0..<20).map(String.init).joined(separator: ",") + "]"
        let folder = try SVDFolder(rows: rows, ids: ids)
        let model = try FoldInModel(directory: folder.path)
        let ratings = (0..<12).map { Rating(movie: MovieID("\($0)"), value: 9, createdAt: Timestamp(microseconds: 0)) }
        let user = try #require(model.userVector(for: ratings))
        let scores = model.rank(user, candidates: model.movies).places
        #expect(scores.count == 20)
        for place in scores {
            let row = try #require(model.row(of: place.movie))
            let product = (0..<count).reduce(0.0) { $0 + Double(rows[row][$1]) * Double(user.values[$1]) }
            #expect(abs(place.score - product) < 1e-4)
        }
    }
}
