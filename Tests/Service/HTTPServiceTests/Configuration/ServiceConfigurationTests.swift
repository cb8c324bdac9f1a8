import Domain
import HTTPService
import ModelFiles
import P5
import PostgresClient
import Testing

struct ServiceConfigurationTests {
    @Test("every variable of the service is read")
    func readsVariables() throws {
        let configuration = try ServiceConfiguration(
            environment: [
                "SVD_DIR": "/a", "P5_CKPT": "/b", "P5_BACKBONE": "/c", "DATAMAPS_PATH": "/d", "P5_MAX_LEN": "128",
                "P5_GEN_MAX_LEN": "8", "P5_BATCH": "4", "WEBHOOK_SECRET": "s", "PORT": "9000",
                "DATABASE_URL": "postgresql://u@h/d",
            ],
            bundle: "/bundle"
        )
        #expect(configuration.paths.svdDirectory == "/a")
        #expect(configuration.paths.checkpoint == "/b")
        #expect(configuration.paths.backbone == "/c")
        #expect(configuration.paths.dataMaps == "/d")
        #expect(configuration.p5.maximumLength == 128)
        #expect(configuration.p5.generationLimit == 8)
        #expect(configuration.p5.batch == 4)
        #expect(configuration.secret?.matches("s") == true)
        #expect(configuration.port == 9000)
        #expect(configuration.database?.description == "dbname=d host=h user=u")
    }

    @Test("the facts' defaults hold where nothing is set, and an empty variable is not set")
    func defaults() throws {
        let configuration = try ServiceConfiguration(environment: ["PORT": "", "WEBHOOK_SECRET": "", "P5_BATCH": ""])
        #expect(configuration.paths.checkpoint == "/models/p5/mvt_aug_epoch10.pth")
        #expect(configuration.p5.maximumLength == 256)
        #expect(configuration.p5.generationLimit == 6)
        #expect(configuration.p5.batch == 16)
        #expect(configuration.port == 8080)
        #expect(configuration.secret == nil)
        #expect(configuration.database == nil)
        #expect(configuration.presentEnvironment.isEmpty)
    }

    @Test(
        "a value that makes no sense is refused by the variable's name",
        arguments: [
            ("PORT", "eighty"), ("PORT", "65536"), ("PORT", "-1"), ("P5_BATCH", "0"), ("P5_MAX_LEN", "1e3"),
            ("P5_GEN_MAX_LEN", "1"), ("P5_MAX_LEN", "99999999999999999999"),
        ]
    )
    func refusesValues(name: String, value: String) {
        let error = #expect(throws: ConfigurationError.self) {
            try ServiceConfiguration(environment: [name: value])
        }
        #expect(error?.name == name)
        #expect(error?.description.contains(value) == true)
    }

    @Test("a database's address that cannot be parsed is not repeated")
    func hidesAddress() {
        let error = #expect(throws: ConfigurationError.self) {
            try ServiceConfiguration(environment: ["DATABASE_URL": "postgresql://u:hunter2@h:x:y/d"])
        }
        #expect(error?.name == "DATABASE_URL")
        #expect(error?.description.contains("hunter2") == false)
    }
}

struct WebhookSecretTests {
    @Test(
        "only the whole secret matches",
        arguments: [nil, "", "hunter", "hunter22", "Hunter2", "hunter2\0", "2retnuh", "hunter2hunter2"]
    )
    func refusesOthers(offer: String?) throws {
        let secret = try #require(WebhookSecret("hunter2"))
        #expect(!secret.matches(offer))
        #expect(secret.matches("hunter2"))
    }

    @Test("no description shows it")
    func isNotShown() throws {
        let secret = try #require(WebhookSecret("hunter2"))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains("hunter2"))
        }
    }
}
