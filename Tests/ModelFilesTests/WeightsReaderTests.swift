import ColdstartTestSupport
import ModelFiles
import Testing

struct WeightsReaderTests {
    @Test(arguments: ["a.pth", "a.pt", "pytorch_model.bin"])
    func `bytes that say nothing are judged by the name of the file`(name: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0x80, 0x04, 0x95, 0x1D], to: name)
        let error = #expect(throws: ModelFileError.self) { try WeightsReader.read(path) }
        #expect(error?.description.contains("safetensors") == false, "\(error?.description ?? "")")
    }

    @Test func `any other file is expected to be safetensors`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([0x80, 0x04, 0x95, 0x1D], to: "a.weights")
        let error = #expect(throws: ModelFileError.self) { try WeightsReader.read(path) }
        #expect(error?.description.contains("safetensors") == true)
    }
}
