import ContainerPlatform
import Domain
import Scenarios
import SourcePlaces
import Testing

struct ScenarioDecodingTests {
    @Test("What is left out has the documented default")
    func defaults() throws {
        let scenario = try SmallScenario.decode(path: "folder/test.yaml")
        #expect(scenario.name.value == "small")
        #expect(scenario.seed == 1)
        #expect(scenario.platform.profile == .cloudRun)
        #expect(scenario.platform.cpu == CPUAllocation())
        #expect(scenario.platform.probe.value == .cloudRunDefault)
        #expect(!scenario.platform.isRefused)
        #expect(scenario.service.bundle.value == "folder/bundle")
        #expect(scenario.service.p5.batch == 16)
        #expect(!scenario.service.p5.usesWholeWords)
        #expect(scenario.service.requiredEnvironment == ["SUPABASE_URL", "SUPABASE_SERVICE_KEY"])
        #expect(scenario.service.servingTime == ServingTime())
        #expect(scenario.service.terminationBehaviour == .exits(after: .milliseconds(100)))
        #expect(scenario.stages == StageTimings())
        #expect(scenario.sessions.selection.value == .all)
        #expect(scenario.catalogue.value == "folder/catalogue.jsonl")
        #expect(scenario.expectations.rows.svd?.value == 0)
        #expect(scenario.expectations.rows.p5?.value == 0)
        #expect(scenario.showsDefect == nil)
    }

    @Test("A platform is decoded with its probe")
    func platform() throws {
        let platform =
            try SmallScenario.decode(
                with: """
                    platform:
                      cpu: {limit: 0.5, billing: instance, startup_boost: no}
                      request_timeout: 4m
                      probe: {type: http, path: /ready, port: 9000, initial_delay: 5s, timeout: 2s, failure_threshold: 7}
                    """
            )
            .platform
        #expect(platform.cpu == CPUAllocation(limit: 0.5, billing: .instanceBased, startupBoost: false))
        #expect(platform.requestTimeout == .seconds(240))
        #expect(
            platform.probe.value
                == ProbeConfiguration(
                    handler: .http(path: "/ready", port: 9000),
                    initialDelay: .seconds(5),
                    timeout: .seconds(2),
                    period: .seconds(10),
                    failureThreshold: 7
                )
        )
        #expect(platform.probe.location == SourceLocation(file: "test.yaml", line: 10, column: 10))
    }

    @Test("A probe that the platform refuses is decoded, and says why")
    func refusedProbe() throws {
        let platform =
            try SmallScenario.decode(
                with: "platform: {probe: {type: http, timeout: 240s, period: 10s, failure_threshold: 3}}"
            )
            .platform
        #expect(platform.isRefused)
        #expect(platform.probeViolations.first?.rule == .timeoutAbovePeriod)
    }

    @Test("Stages are stated, measured, or both")
    func stages() throws {
        let stated = try SmallScenario.decode(with: "stages: {boot: 1.5s, svd: {duration: 250ms, threads: 4}}").stages
        #expect(stated.boot == StageTiming(duration: .milliseconds(1500)))
        #expect(stated.stated == [.svd: StageTiming(duration: .milliseconds(250), threads: 4)])
        #expect(stated.stagesToMeasure.isEmpty)
        let measured = try SmallScenario.decode(with: "stages: measured").stages
        #expect(measured.measuredFactor == 1)
        #expect(measured.stagesToMeasure == InitialisationStage.allCases)
        let both = try SmallScenario.decode(with: "stages: {measured: {cpu_factor: 2.5}, checkpoint: 5m}").stages
        #expect(both.measuredFactor == 2.5)
        #expect(both.stagesToMeasure == [.environment, .svd, .datamaps, .tokenizer])
    }

    @Test("Faults are decoded in their order")
    func faults() throws {
        let scenario = try SmallScenario.decode(
            with: """
                faults:
                  - {stage: checkpoint, fails: file is damaged}
                  - {stage: svd, hangs: true}
                  - {stage: tokenizer, delayed: 20s}
                  - {p5: "scoring failed"}
                  - {database: goes_away, request: 2, at: after_commit}
                """
        )
        #expect(
            scenario.faults.map(\.value) == [
                .stage(.checkpoint, .fails("file is damaged")),
                .stage(.svd, .hangs),
                .stage(.tokenizer, .delayed(.seconds(20))),
                .scoring(message: "scoring failed", request: nil),
                .databaseGoesAway(request: 2, at: .afterCommit),
            ]
        )
        #expect(scenario.faults[4].location.line == 12)
    }

    @Test("The end of a process in a stage is decoded, in its first lives alone where that is said")
    func processEnds() throws {
        let scenario = try SmallScenario.decode(
            with: "faults: [{stage: svd, exits: 3}, {stage: checkpoint, signal: 9, lives: 2}]"
        )
        #expect(
            scenario.faults.map(\.value) == [
                .stage(.svd, .ends(.code(3))), .stage(.checkpoint, .inFirstLives(2, .ends(.signal(9)))),
            ]
        )
    }

    @Test("Faults on the way to the database are decoded with their moments")
    func databaseFaults() throws {
        let scenario = try SmallScenario.decode(
            with: """
                faults:
                  - {database: latency, delay: 20ms, jitter: 5ms, from: 2s, to: 5s}
                  - {database: bandwidth, bytes_per_second: 9000, request: 2}
                  - {database: refuse, from: 1s}
                  - {database: reset, at: before_commit}
                  - {database: cut, request: 2, after_bytes: 2000, direction: to_service}
                  - {database: black_hole, request: 1, at: after_reading}
                  - {database: server_killed, from: 7s, restart_after: 2s}
                """
        )
        let expected: [DatabaseFault] = [
            DatabaseFault(
                .latency(.milliseconds(20), jitter: .milliseconds(5)),
                .window(from: .seconds(2), to: .seconds(5))
            ),
            DatabaseFault(.bandwidth(bytesPerSecond: 9000), .request(2)),
            DatabaseFault(.refuse, .window(from: .seconds(1), to: nil)),
            DatabaseFault(.reset, at: .boundary(.beforeCommit), .request(nil)),
            DatabaseFault(.cut, at: .afterBytes(2000, .toService), .request(2)),
            DatabaseFault(.blackHole, at: .boundary(.afterReading), .request(1)),
            DatabaseFault(.serverKilled(restartAfter: .seconds(2)), .window(from: .seconds(7), to: nil)),
        ]
        #expect(scenario.faults.map(\.value) == expected.map { .database($0) })
    }

    @Test("Only a fault that may strike after the commit leaves its outcome open")
    func openOutcomes() {
        let boundaries = WriteBoundary.allCases.filter { boundary in
            Fault.database(DatabaseFault(.cut, at: .boundary(boundary), .request(2))).mayHideCommit(of: 2)
        }
        #expect(boundaries == [.afterCommit])
        #expect(!Fault.database(DatabaseFault(.cut, at: .boundary(.afterCommit), .request(2))).mayHideCommit(of: 1))
        #expect(Fault.database(DatabaseFault(.cut, at: .afterBytes(1, .toService), .request(nil))).mayHideCommit(of: 1))
    }

    @Test("Requests and sessions are decoded")
    func requests() throws {
        let id = try #require(SessionID("96AB4AC1-85d6-595e-ac83-1e80f61fe61d"))
        let scenario = try SmallScenario.decode(
            with: """
                sessions: {file: /abs/s.jsonl, select: [3, 96AB4AC1-85d6-595e-ac83-1e80f61fe61d]}
                requests:
                  - {at: 1m, session: 1, top_k: 5, phase: 3, expect: {status: 503, state: nothing, error: "400"}}
                  - {at: 2s, session: [1, \(id)], every: 250ms}
                """
        )
        #expect(scenario.sessions.file.value == "/abs/s.jsonl")
        #expect(scenario.sessions.selection.value == .listed([.position(3), .id(id)]))
        #expect(scenario.requests[0].at == .seconds(60))
        #expect(scenario.requests[0].topK == 5)
        #expect(scenario.requests[0].phase == 3)
        #expect(scenario.requests[0].expectation.status?.value == 503)
        #expect(scenario.requests[0].expectation.state?.value == .nothing)
        #expect(scenario.requests[0].expectation.error?.value == "400")
        #expect(scenario.requests[0].expectation.svdSaved == nil)
        #expect(scenario.requests[1].sessions.value == .listed([.position(1), .id(id)]))
        #expect(scenario.requests[1].every == .milliseconds(250))
        #expect(scenario.requests[1].topK == 10)
    }

    @Test("Expectations carry their places")
    func expectations() throws {
        let expectations =
            try SmallScenario.decode(
                with: """
                    expect:
                      startup:
                        outcome: init_error
                        at: {from: 10s}
                        ready_full: never
                        reason: SUPABASE_URL
                      rankings: {full: ../golden/demo.jsonl}
                      rows: {svd: 20, earlier_set: intact}
                      visitors: {fallback: [1], recommendations: [2, 3]}
                    """,
                path: "a/b.yaml"
            )
            .expectations
        #expect(expectations.startup.outcome?.value == .initialisationError)
        #expect(expectations.startup.outcome?.location == SourceLocation(file: "a/b.yaml", line: 8, column: 14))
        #expect(expectations.startup.at?.value == .within(from: .seconds(10), to: nil))
        #expect(expectations.startup.readyFull?.value == .never)
        #expect(expectations.rankings[.full]?.value == "a/../golden/demo.jsonl")
        #expect(expectations.rankings[.svdOnly] == nil)
        #expect(expectations.rows.svd?.value == 20)
        #expect(expectations.rows.p5 == nil)
        #expect(expectations.rows.earlierSet?.value == .intact)
        #expect(
            expectations.visitors.map(\.value) == [
                VisitorExpectation(view: .fallback, sessions: [.position(1)]),
                VisitorExpectation(view: .recommendations, sessions: [.position(2), .position(3)]),
            ]
        )
    }

    @Test("Statements about places carry their lists, their sessions and their places in the file")
    func places() throws {
        let places =
            try SmallScenario.decode(
                with: """
                    expect:
                      places:
                        - display: 318 above 50
                        - {svd: 318 within the first 5, sessions: [2]}
                        - p5: never tt0111161
                    """
            )
            .expectations.places
        #expect(
            places.map(\.value) == [
                PlaceExpectation(list: .display, statement: .above("318", "50")),
                PlaceExpectation(list: .svd, statement: .within("318", first: 5), sessions: [.position(2)]),
                PlaceExpectation(list: .p5, statement: .never("tt0111161")),
            ]
        )
        #expect(places.map { "\($0.value.statement)" }[1] == "318 within the first 5")
        #expect(places[0].location == SourceLocation(file: "test.yaml", line: 8, column: 16))
    }

    @Test(
        "Switches are spelled in six ways",
        arguments: [("on", true), ("true", true), ("yes", true), ("off", false), ("false", false), ("no", false)]
    )
    func switches(word: String, isOn: Bool) throws {
        let scenario = try SmallScenario.decode(
            with: "service: {strategy: lazy, bundle: b, whole_word_embeddings: \(word)}"
        )
        #expect(scenario.service.p5.usesWholeWords == isOn)
    }

    @Test("How both models score is read, and has the deployed service's defaults")
    func ranking() throws {
        let plain = try SmallScenario.decode(with: "service: {strategy: lazy, bundle: b}").service
        #expect(plain.p5 == P5Settings() && plain.scoreFormula == .factors)
        let other =
            try SmallScenario.decode(
                with:
                    "service: {strategy: lazy, bundle: b, p5: {mode: soft_prompt, dropout: 0.1, seed: 3}, svd: {ranking: biased}}"
            )
            .service
        var soft = SoftPromptSettings()
        soft.dropout = 0.1
        soft.seed = 3
        #expect(other.p5.mode == .softPrompt(soft))
        #expect(other.scoreFormula == .biased && other.p5.label == "soft_prompt")
        let search = try SmallScenario.decode(
            with: "service: {strategy: lazy, bundle: b, p5: {beams: 4, generation_limit: 16}}"
        )
        #expect(search.service.p5.beams == 4 && search.service.p5.generationLimit == 16)
        #expect(search.service.p5.label == "in_prompt, 4 beams")
        let expected = try SmallScenario.decode(with: "service: {strategy: lazy, bundle: b, p5: {scoring: expected}}")
        #expect(expected.service.p5.scoring == .expected && expected.service.p5.label == "in_prompt")
        #expect(expected.service.p5.precision == .float32)
        let verified = try SmallScenario.decode(
            with: "service: {strategy: lazy, bundle: b, p5: {precision: verified, mode: soft_prompt}}"
        )
        #expect(verified.service.p5.precision == .verified && verified.service.p5.label == "soft_prompt")
    }
}

struct TimeExpectationTests {
    @Test("One value means that moment to the millisecond")
    func exact() throws {
        let startup = try SmallScenario.decode(with: "expect: {startup: {at: 2s}}").expectations.startup
        let at = try #require(startup.at?.value)
        #expect(at.admits(.seconds(2)))
        #expect(at.admits(.microseconds(2_000_499)))
        #expect(!at.admits(.microseconds(2_000_501)))
        #expect(!at.admits(.microseconds(1_999_499)))
        #expect(!at.admits(nil))
    }

    @Test("Both ends of a span are included, an open end does not matter")
    func span() {
        let span = TimeExpectation.within(from: .seconds(1), to: .seconds(2))
        #expect(span.admits(.seconds(1)))
        #expect(span.admits(.seconds(2)))
        #expect(!span.admits(.milliseconds(2001)))
        #expect(TimeExpectation.within(from: nil, to: .seconds(2)).admits(.zero))
        #expect(TimeExpectation.within(from: .seconds(1), to: nil).admits(.seconds(100)))
    }

    @Test("Never admits only what did not happen")
    func never() {
        #expect(TimeExpectation.never.admits(nil))
        #expect(!TimeExpectation.never.admits(.zero))
    }
}
