import Testing

@testable import DatabaseHarness
@testable import PostgresClient

struct TableColumnsTests {
    @Test func `an audit reads the tables for which a connection chooses the schema`() {
        #expect(TableColumns.needed.map(\.table) == SearchPath.tables)
    }
}
