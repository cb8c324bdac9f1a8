import ModelFiles
import PostgresStore
import Testing

@testable import ServiceUnderTest

struct ServiceCommandTests {
    private func launch(_ service: String, program: ServiceCommand.Program = .coldstart(path: "/bin/coldstart"))
        throws -> CommandLaunch
    {
        let command = ServiceCommand(
            program: program,
            inherited: [
                "HOME": "/root", "DATABASE_URL": "postgresql://elsewhere", "PGPASSWORD": "x", "COLDSTART_SEED": "3",
                "SUPABASE_SERVICE_KEY": "real", "WEBHOOK_SECRET": "real", "P5_MAX_LEN": "3",
            ]
        )
        var harness = ProcessHarness()
        harness.service = service
        return command.launch(
            try harness.plan(),
            paths: BundlePaths(directory: "/b"),
            database: try PostgresAddress("postgresql://me:s3cret@127.0.0.1:5433/films"),
            speed: 10
        )
    }

    @Test(
        "what the scenario says is set is set to something else than the harness's own, what it says is missing is not"
    )
    func environment() throws {
        let launch = try launch(
            "environment: {required: [SUPABASE_URL, SUPABASE_SERVICE_KEY], missing: [SUPABASE_URL]}"
        )
        #expect(launch.environment["SUPABASE_URL"] == nil)
        #expect(launch.environment["SUPABASE_SERVICE_KEY"] == "set-by-coldstart")
        #expect(launch.environment["WEBHOOK_SECRET"] == nil)
        #expect(launch.environment["PGPASSWORD"] == nil)
        #expect(launch.environment["COLDSTART_SEED"] == nil)
        #expect(launch.environment["P5_MAX_LEN"] == nil)
        #expect(launch.environment["HOME"] == "/root")
        #expect(launch.environment["SVD_DIR"] == "/b/svd_5core")
        #expect(launch.environment["DATABASE_URL"]?.contains("password=s3cret") ?? false)
    }

    @Test("the program's own service is started with the scenario's settings")
    func options() throws {
        let words = try launch("whole_word_embeddings: on, batch: 3, environment: {required: []}").words
        #expect(words.starts(with: ["/bin/coldstart", "serve", "--bundle"]))
        #expect(words.contains("--whole-word"))
        #expect(words.contains("--require-nothing"))
        #expect(!words.contains("--lazy-first-request"))
    }

    @Test("a command of the scenario's or of the user's own is started as it is, the scenario's first")
    func command() throws {
        #expect(try launch("batch: 2", program: .words(["python3", "app.py"])).words == ["python3", "app.py"])
        let own = try launch("command: [\"./serve it\", \"$HOME\"]", program: .words(["python3"])).words
        #expect(own == ["./serve it", "$HOME"])
    }
}
