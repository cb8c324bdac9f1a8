import ColdstartTestSupport
import ModelFiles
import Testing

/// A tensor as the reference describes it beside the file that holds it.
struct ExpectedTensor: Decodable {
    var shape: [Int]
    var dtype: String
    var values: [Double]

    /// Reads the descriptions of a folder of fixtures.
    static func read<Value: Decodable>(_ relative: String, as type: Value.Type = Value.self) throws -> Value {
        try JSONFile.read(Fixtures.path(relative), as: type, expected: "descriptions")
    }

    /// Expects a tensor to have the shape and exactly the values.
    func expect(_ tensor: Tensor, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(tensor.shape == shape, sourceLocation: sourceLocation)
        let expected = values.map(Float.init)
        #expect(try tensor.floats() == expected, sourceLocation: sourceLocation)
        #expect(try tensor.withFloats { Array($0) } == expected, sourceLocation: sourceLocation)
    }
}

/// Returns the error that reading a file gives.
func fault(_ body: () throws -> Void) -> ModelFileError? {
    do {
        try body()
        return nil
    } catch {
        return error as? ModelFileError
    }
}
