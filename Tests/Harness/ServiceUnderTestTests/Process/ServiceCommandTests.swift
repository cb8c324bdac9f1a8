import ColdstartTestSupport
import Domain
import FoldInSVD
import Foundation
import ModelFiles
import P5
import PostgresClient
import Scenarios
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
            database: try PostgresAddress("postgresql://me:s3cret@127.0.0.1:5433/movies"),
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

    @Test("a scenario's command is started in the folder of its file, the command line's where coldstart is")
    func folder() throws {
        let own = try launch("command: [python3, app.py]")
        let folder = try #require(own.folder)
        #expect(folder.hasPrefix("/") && own.environment["PWD"] == folder)
        #expect(own.words == ["python3", "app.py"])
        #expect(try launch("batch: 3").folder == nil)
        #expect(try launch("batch: 3", program: .words(["python3", "app.py"])).folder == nil)
    }

    @Test("the command of a scenario that came by a pipe is started in the current folder", arguments: ["-", "pipe"])
    func folderOfPipe(source: String) throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        let text = """
            name: piped
            teaches: Where its command is started.
            service: {strategy: blocking, bundle: bundle, command: [python3, app.py]}
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: {rows: none}
            """
        let scenario = try ScenarioLoader.decode(Array(text.utf8), path: source == "-" ? source : pipe)
        let launch = ServiceCommand(program: .coldstart(path: "/bin/coldstart"), inherited: [:])
            .launch(
                try scenario.plan(sessions: []),
                paths: BundlePaths(directory: "/b"),
                database: try PostgresAddress("postgresql://me@127.0.0.1:5433/movies"),
                speed: 10
            )
        #expect(
            launch.folder.map { URL(fileURLWithPath: $0).standardized.path } == FileManager.default.currentDirectoryPath
        )
    }

    @Test("the paths of the bundle are absolute, for a service that changes its folder")
    func absolutePaths() throws {
        let command = ServiceCommand(program: .words(["x"]), inherited: [:])
        let launch = command.launch(
            try ProcessHarness().plan(),
            paths: BundlePaths(directory: "some/bundle", environment: ["P5_CKPT": "other.pth"]),
            database: try PostgresAddress("postgresql://me@127.0.0.1:5433/movies"),
            speed: 10
        )
        let here = FileManager.default.currentDirectoryPath
        #expect(launch.environment["SVD_DIR"] == here + "/some/bundle/svd_5core")
        #expect(launch.environment["P5_CKPT"] == here + "/other.pth")
        #expect(launch.environment["P5_BACKBONE"] == here + "/some/bundle/t5-small")
        #expect(launch.environment["DATAMAPS_PATH"] == here + "/some/bundle/p5/datamaps.json")
    }

    @Test("the program's own service is started with the scenario's settings")
    func options() throws {
        let words = try launch("whole_word_embeddings: on, batch: 3, environment: {required: []}").words
        #expect(words.starts(with: ["/bin/coldstart", "serve", "--bundle"]))
        #expect(words.contains("--whole-word"))
        #expect(words.contains("--require-nothing"))
        #expect(!words.contains("--lazy-first-request"))
    }

    @Test(
        "every way of ranking reaches the simulated engine and the service's command line alike",
        arguments: [
            ("p5: {beams: 3}", ["--beams", "3"]), ("p5: {scoring: expected}", ["--scoring", "expected"]),
            ("p5: {precision: verified}", ["--precision", "verified"]),
            ("svd: {ranking: biased}", ["--svd-ranking", "biased"]),
            (
                "p5: {mode: soft_prompt, dropout: 0.1, seed: 7}",
                [
                    "--soft-prompt", "--dropout", "0.1", "--shuffle-seed", "7",
                ]
            ),
        ]
    )
    func ranking(service: String, expected: [String]) throws {
        var harness = ProcessHarness()
        harness.service = service
        let settings = try harness.plan().service
        #expect(settings.engineWords == expected)
        #expect(try launch(service).words.joined(separator: " ").contains(expected.joined(separator: " ")))
        if case .softPrompt(let soft) = settings.p5.mode {
            #expect(soft.dropout == 0.1 && soft.seed == 7)
        } else {
            #expect(!expected.contains("--soft-prompt"))
        }
        let generation = try launch("p5: {generation_limit: 16}").environment["P5_GEN_MAX_LEN"]
        #expect(generation == "16")
    }

    @Test("a command of the scenario's or of the user's own is started as it is, the scenario's first")
    func command() throws {
        #expect(try launch("batch: 2", program: .words(["python3", "app.py"])).words == ["python3", "app.py"])
        let own = try launch("command: [\"./serve it\", \"$HOME\"]", program: .words(["python3"])).words
        #expect(own == ["./serve it", "$HOME"])
    }
}
