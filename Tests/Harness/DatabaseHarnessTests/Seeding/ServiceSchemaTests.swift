import ColdstartTestSupport
import DatabaseHarness
import Foundation
import Testing

struct ServiceSchemaTests {
    @Test("The built-in definition of the tables is that of the scenarios, byte for byte")
    func builtIn() throws {
        let file = try Data(contentsOf: URL(filePath: Fixtures.packageDirectory + "/scenarios/schema.sql"))
        #expect(Array(ServiceSchema.text.utf8) == Array(file))
    }
}
