import Manifests
import Testing

struct ShardedJobTests {
    @Test(
        "what cannot be divided, or would be set twice, is refused",
        arguments: [
            [], ["serve"], ["rank", "--shard", "1/2"], ["rank", "--output=elsewhere"], ["run", "a\nb"],
            ["run", "a\u{2028}"],
        ]
    )
    func commands(_ command: [String]) {
        let error = #expect(throws: ManifestError.self) { try JobExample.job(command: command) }
        #expect(error?.code == .badValue)
    }

    @Test("a name is a label of DNS", arguments: ["", "A", "-a", "a-", "1a", "a_b", String(repeating: "a", count: 50)])
    func names(_ name: String) {
        #expect(throws: ManifestError.self) { try JobExample.job(name: name) }
    }

    @Test("numbers have bounds", arguments: [(1, 3), (10_001, 3), (2, -1), (2, 11)])
    func numbers(shards: Int, retries: Int) {
        #expect(throws: ManifestError.self) { try JobExample.job(shards: shards, retries: retries) }
    }

    @Test(
        "a password among the arguments is refused, and not shown",
        arguments: [
            "postgresql://user:hunter2@host/movies", "host=here password=hunter2", "--db=postgres://a:hunter2@b",
        ]
    )
    func passwords(_ argument: String) throws {
        let error = #expect(throws: ManifestError.self) { try JobExample.job(command: ["run", "--db", argument]) }
        let found = try #require(error)
        #expect(found.code == .literalSecret && !found.message.contains("hunter2"))
    }

    @Test func `an address without a password is let through`() throws {
        _ = try JobExample.job(command: ["run", "--db", "postgresql://user@host/movies"])
    }

    @Test(
        "a secret that is no reference is refused, and not shown",
        arguments: [
            ("PGPASSWORD=hunter2", SecretReference.Keeper.kubernetes), ("PGPASSWORD=Hunter:hunter2", .kubernetes),
            ("PGPASSWORD=hunter2", .secretManager), ("PGPASSWORD=db:hunter2", .secretManager),
            ("PGPASSWORD=hunter2", .file), ("PGPASSWORD=/hunter2\n", .file), ("hunter2", .file),
            ("PG-PASSWORD=/hunter2", .file), ("=hunter2", .kubernetes),
        ]
    )
    func literals(text: String, keeper: SecretReference.Keeper) throws {
        let error = #expect(throws: ManifestError.self) { try SecretReference(text, in: keeper) }
        let message = try #require(error).message
        #expect(!message.contains("hunter2"))
    }

    @Test func `references are read`() throws {
        let kubernetes = try SecretReference("PGPASSWORD=database:user.password", in: .kubernetes)
        #expect(kubernetes.variable == "PGPASSWORD" && kubernetes.name == "database")
        #expect(kubernetes.part == "user.password")
        #expect(try SecretReference("A=db:7", in: .secretManager).part == "7")
        #expect(try SecretReference("A=/run/my secret", in: .file).name == "/run/my secret")
    }

    @Test func `a secret is given once, and never tells a shard which it is`() throws {
        let secret = try SecretReference("A=/a", in: .file)
        #expect(throws: ManifestError.self) { try JobExample.job(secrets: [secret, secret]) }
        for variable in ["COLDSTART_SHARDS", "JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_STEP"] {
            #expect(throws: ManifestError.self) { try SecretReference("\(variable)=/a", in: .file) }
        }
    }
}
