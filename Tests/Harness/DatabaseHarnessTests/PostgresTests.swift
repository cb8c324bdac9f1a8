import PostgresTestSupport
import Testing

/// The tests that need a PostgreSQL server; they share one, started and stopped around them.
@Suite(.needsPostgres, .sharedCluster)
enum PostgresTests {}
