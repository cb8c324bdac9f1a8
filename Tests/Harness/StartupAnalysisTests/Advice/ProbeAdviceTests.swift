import ConfigurationLint
import ContainerPlatform
import Domain
import Reports
import Scenarios
import ServiceUnderTest
import Testing

@testable import StartupAnalysis

struct ProbeAdviceTests {
    private typealias Given = RecordedStartHarness
    private static let grpc =
        "\"kind\": \"GRPC\", \"path\": null, \"service\": \"movies\", \"port\": null"
    private static let tcp = "\"kind\": \"TCP\", \"path\": null, \"port\": null"

    /// Advice from 59 starts, the last of which could pass after so many seconds.
    private func advice(
        longest: Double = 20,
        limit: ProbeLimit = .current,
        period: Int = 1,
        margin: Double = 1.25,
        strategy: String = "blocking",
        probe: String = "\"kind\": \"HTTP\", \"path\": \"/health\", \"port\": null"
    ) throws -> ProbeAdvice {
        let reports = try (1...59)
            .map { number in
                try Given.report(strategy: strategy, couldPass: longest * Double(number) / 59, probe: probe)
            }
        let bound = QuantileBound(quantile: 0.95, confidence: 0.95)
        return try ProbeAdvice(
            for: RecordedReadiness(reports),
            ProbeAdvice.Request(bound: bound, margin: margin, period: period, limit: limit)
        )
    }

    @Test func `the last attempt begins when the slowest start with its margin could pass`() throws {
        let advice = try advice()
        #expect(advice.needed == 25)
        #expect(advice.probe.failureThreshold == 26)
        #expect(advice.probe.lastAttempt == .seconds(25))
        #expect(advice.probe.timeout == advice.probe.period)
        #expect(advice.price.survived == 59)
        #expect(advice.price.longestLag < 1.1)
    }

    @Test(arguments: [(3, 20.0, 1.0, 20), (7, 20.0, 1.0, 20), (1, 20.001, 1.0, 21), (10, 0.5, 1.0, 1)])
    func `seconds and attempts are rounded up`(period: Int, longest: Double, margin: Double, needed: Int) throws {
        let advice = try advice(longest: longest, period: period, margin: margin)
        #expect(advice.needed == needed)
        #expect(advice.probe.lastAttempt >= .seconds(needed))
        #expect(advice.probe.lastAttempt < .seconds(needed + period))
    }

    @Test(arguments: [
        (ProbeLimit.former, 190.0), (.former, 300), (.current, 450), (.current, 900), (.gpu, 1400), (.gpu, 2000),
    ])
    func `the limit is never passed, and a delay waits for the rest`(limit: ProbeLimit, longest: Double) throws {
        for probe in ["\"kind\": \"HTTP\", \"path\": \"/health\", \"port\": null", Self.tcp] {
            let advice = try advice(longest: longest, limit: limit, probe: probe)
            let most = Duration.seconds(try #require(limit.seconds))
            #expect(advice.probe.budget <= most)
            #expect(advice.probe.initialDelay <= most)
            #expect(advice.probe.period <= most)
            #expect(advice.price.survived == 59, "\(advice.probe)")
            let violations = advice.probe.violations(in: ProbeContext(hasGPU: limit == .gpu))
            #expect(violations.filter { $0.severity == .error }.isEmpty)
        }
    }

    @Test func `what no probe within the limit waits for is not advised`() throws {
        let error = try #require(throws: StartupAnalysisError.self) { try advice(longest: 500, limit: .former) }
        #expect(error.code == .outOfReach)
        #expect(error.message.contains("240 s"))
    }

    @Test func `a TCP attempt waits by itself and notices at once`() throws {
        let advice = try advice(probe: Self.tcp)
        #expect(advice.probe.failureThreshold == 1)
        #expect(advice.probe.timeout == .seconds(25))
        #expect(advice.price.longestLag < 0.3)
    }

    @Test func `without a limit, as on Kubernetes, a TCP attempt is one try`() throws {
        let advice = try advice(limit: .none, probe: Self.tcp)
        #expect(advice.probe.failureThreshold == 26)
        #expect(advice.price.longestLag > 0.5)
    }

    @Test func `too few starts are no ground for advice, and the needed number is said`() throws {
        let bound = QuantileBound(quantile: 0.95, confidence: 0.95)
        let request = ProbeAdvice.Request(bound: bound, margin: 1, period: 1, limit: .current)
        let reports = try (1...58).map { try Given.report(couldPass: Double($0)) }
        let error = try #require(throws: StartupAnalysisError.self) {
            try ProbeAdvice(for: RecordedReadiness(reports), request)
        }
        #expect(error.code == .empty)
        #expect(error.message.contains("at least 59"))
    }

    @Test func `a start that was killed before it could pass is slower than every one that could`() throws {
        let bound = QuantileBound(quantile: 0.95, confidence: 0.95)
        let request = ProbeAdvice.Request(bound: bound, margin: 1, period: 1, limit: .current)
        var reports = try (1...98).map { try Given.report(couldPass: Double($0) / 10) }
        reports.append(try Given.report(outcome: "killed", at: 20, couldPass: nil))
        reports.append(try Given.report(couldPass: 9.9))
        // Of 100 the 99th smallest bounds the quantile, and one of them is not known.
        #expect(try ProbeAdvice(for: RecordedReadiness(reports), request).bounding == 9.9)
        reports.append(try Given.report(outcome: "killed", at: 20, couldPass: nil))
        let error = try #require(throws: StartupAnalysisError.self) {
            try ProbeAdvice(for: RecordedReadiness(reports), request)
        }
        #expect(error.message.contains("2 of 101 starts ended before"))
    }

    @Test func `runs that differ in what they asked are not mixed`() throws {
        let reports = try [Given.report(), Given.report(strategy: "gated")]
        #expect(throws: StartupAnalysisError.self) { try RecordedReadiness(reports) }
    }

    @Test(arguments: InitialisationStrategy.allCases, [20.0, 480])
    func `a run of the scenario that it writes survives with the slowest start`(
        strategy: InitialisationStrategy,
        longest: Double
    ) throws {
        let advice = try advice(longest: longest, strategy: strategy.rawValue)
        let platform = AdviceFile(advice, name: "movies", image: "IMAGE").text(.scenario)
        let slowest = "\(Int(longest * 1000))ms"
        let load = strategy == .blocking ? "checkpoint: \(slowest)" : "environment: \(slowest)"
        let text = """
            name: advised
            teaches: Nothing.
            \(platform)service: {strategy: \(strategy.rawValue), bundle: bundle}
            stages: {boot: 0s, svd: 0s, datamaps: 0s, tokenizer: 0s, \(load)}
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: {startup: {outcome: ready}}
            """
        let plan = try ScenarioLoader.decode(Array(text.utf8), path: "advised.yaml").plan(sessions: [])
        #expect(!plan.platform.isRefused)
        #expect(plan.platform.cpu.billing == (strategy == .blocking ? .requestBased : .instanceBased))
        for seed in UInt64(1)...20 {
            let delays = plan.start.drawnDelays(seed: seed)
            guard case .ready = plan.start.decide(under: delays).outcome else {
                Issue.record("seed \(seed): \(plan.start.decide(under: delays))")
                continue
            }
        }
    }

    @Test(arguments: InitialisationStrategy.allCases, [20.0, 480])
    func `what it writes for a platform has no error for the linter`(
        strategy: InitialisationStrategy,
        longest: Double
    ) async throws {
        let files = AdviceFile(
            try advice(longest: longest, strategy: strategy.rawValue),
            name: "movies",
            image: "IMAGE"
        )
        await expectNothingToCorrect(in: files)
    }

    @Test func `every form states the same numbers`() throws {
        let files = AdviceFile(try advice(strategy: "gated"), name: "movie-service", image: "example/image:1")
        for (form, texts) in [
            (.cloudRun, ["failureThreshold: 26", "periodSeconds: 1", "path: /health", "cpu-throttling: 'false'"]),
            (.kubernetes, ["failureThreshold: 26", "periodSeconds: 1", "path: /health", "kind: Deployment"]),
            (
                .terraform,
                ["failure_threshold = 26", "period_seconds = 1", "path = \"/health\"", "cpu_idle          = false"]
            ),
            (.gcloud, ["failureThreshold=26", "periodSeconds=1", "httpGet.path=/health", "--no-cpu-throttling"]),
            (.scenario, ["failure_threshold: 26", "period: 1s", "path: /health", "billing: instance"]),
        ] as [(AdviceFile.Form, [String])] {
            for text in texts { #expect(files.text(form).contains(text), "\(form.rawValue): \(text)") }
        }
    }

    @Test func `a gRPC probe is advised as one, attempts that are one try each`() async throws {
        let advice = try advice(probe: Self.grpc)
        #expect(advice.probe.handler == .grpc(service: "movies", port: nil))
        #expect(advice.probe.failureThreshold == 26)
        #expect(advice.price.survived == 59)
        let files = AdviceFile(advice, name: "movies", image: "IMAGE")
        for (form, name, text) in [
            (.cloudRun, "service.yaml", "grpc:"), (.kubernetes, "deployment.yaml", "service: \"movies\""),
            (.terraform, "main.tf", "service = \"movies\""),
            (.gcloud, "deploy.sh", "grpc.service=movies,grpc.port=8080"),
        ] as [(AdviceFile.Form, String, String)] {
            #expect(files.text(form).contains(text), "\(files.text(form))")
            let input = ConfigurationLint.Input(path: name, bytes: Array(files.text(form).utf8))
            let errors = await ConfigurationLint().results(of: [input]).flatMap(\.findings)
            #expect(errors.filter { $0.severity == .error }.isEmpty, "\(form.rawValue): \(errors.map(\.message))")
        }
        #expect(files.text(.scenario).contains("type: grpc, service: \"movies\""))
    }

    @Test(arguments: [60, 80, 100])
    func `the text fits its columns and says what it assumes`(width: Int) throws {
        let lines = AdviceText(try advice(longest: 450, strategy: "gated")).lines(width: width)
        #expect(lines.allSatisfy { $0.width <= width }, "\(lines.map(\.text).joined(separator: "\n"))")
        let text = lines.map(\.text).joined(separator: " ")
        #expect(text.contains("the strategy gated"))
        #expect(text.contains("CPU always on"))
        #expect(text.contains("above 240 s"))
    }
}
