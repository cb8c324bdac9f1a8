import Domain
import Scenarios
import SourcePlaces
import Testing

struct PlanTests {
    /// Three sessions whose ids end in 1, 2 and 3.
    private let recorded = (1...3)
        .compactMap { number in
            SessionID("00000000-0000-0000-0000-00000000000\(number)")
                .map {
                    RecordedSession(id: $0, phase: "recommendation", ratings: [], phase1Movies: [])
                }
        }

    private func plan(_ block: String, measured: [InitialisationStage: Duration] = [:]) throws -> Plan {
        try SmallScenario.decode(with: block).plan(sessions: recorded, measured: measured)
    }

    private func error(_ block: String) throws -> ScenarioError {
        try #require(throws: ScenarioError.self) { try plan(block) }
    }

    private func numbers(_ sessions: [RecordedSession]) -> [Int] {
        sessions.compactMap { $0.id.text.last?.wholeNumberValue }
    }

    @Test(
        "Sessions are selected in the stated order",
        arguments: [
            ("all", [1, 2, 3]), ("first 2", [1, 2]), ("[3, 1]", [3, 1]),
            ("[00000000-0000-0000-0000-000000000002, 1]", [2, 1]),
        ]
    )
    func selection(select: String, expected: [Int]) throws {
        #expect(try numbers(plan("sessions: {file: s, select: \(select)}").sessions) == expected)
    }

    @Test("Requests are expanded, ordered by arrival and numbered; ties keep the written order")
    func requests() throws {
        let plan = try plan(
            """
            sessions: {file: s, select: [3, 1]}
            requests:
              - {at: 10s, session: all, every: 5s}
              - {at: 1s, session: 2, top_k: 3}
              - {at: 10s, session: [2, 1]}
            """
        )
        #expect(plan.requests.map(\.number) == [1, 2, 3, 4, 5])
        #expect(plan.requests.map(\.at) == [1, 10, 10, 10, 15].map { .seconds($0) })
        #expect(numbers(plan.requests.map(\.session)) == [1, 3, 1, 3, 1])
        #expect(plan.requests.map(\.topK) == [3, 10, 10, 10, 10])
        #expect(plan.requests.map(\.location.line) == [9, 8, 10, 10, 8])
    }

    @Test("A place among the selected sessions is not the place in the file")
    func places() throws {
        let plan = try plan("sessions: {file: s, select: [3]}\nrequests: [{at: 1s, session: 1}]")
        #expect(numbers(plan.requests.map(\.session)) == [3])
    }

    @Test(
        "What does not exist is refused at its place",
        arguments: [
            ("sessions: {file: s, select: first 4}", "the first 4 sessions are selected, s holds 3"),
            ("sessions: {file: s, select: [4]}", "there is no session 4, there are 3"),
            ("sessions: {file: s, select: [00000000-0000-0000-0000-000000000009]}", "there is no session"),
            ("sessions: {file: s, select: [1, 00000000-0000-0000-0000-000000000001]}", "is selected twice"),
            (
                "sessions: {file: s, select: [1]}\nrequests: [{at: 1s, session: 2}]",
                "there is no session 2, there is one"
            ),
            ("requests: [{at: 1s, session: 1}]\nfaults: [{p5: x, request: 2}]", "for request 2, the scenario has 1"),
            ("faults: [{database: goes_away, at: before_commit, request: 1}]", "for request 1, the scenario has 0"),
            ("expect: {visitors: {fallback: [7]}}", "there is no session 7"),
            ("expect: {places: [{svd: never 1, sessions: [7]}]}", "there is no session 7"),
            ("stages: measured", "the stage `environment` has not been measured"),
        ]
    )
    func missing(block: String, words: String) throws {
        let error = try error(block)
        #expect(error.message.contains(words), "\(error)")
        #expect(error.path == "test.yaml")
    }

    @Test("Stages are the stated ones, the measured ones stretched, and the defaults")
    func stages() throws {
        let defaults = try plan("stages: {svd: 9s}")
        #expect(defaults.timing(of: .svd).duration == .seconds(9))
        #expect(defaults.timing(of: .checkpoint) == StageTimings.defaultTiming(of: .checkpoint))
        #expect(defaults.stages.count == InitialisationStage.allCases.count)
        let measured = try plan(
            "stages: {measured: {cpu_factor: 4}, svd: 9s}",
            measured: Dictionary(uniqueKeysWithValues: InitialisationStage.allCases.map { ($0, .milliseconds(250)) })
        )
        #expect(measured.timing(of: .svd).duration == .seconds(9))
        #expect(measured.timing(of: .tokenizer).duration == .seconds(1))
    }

    @Test("A seed from outside replaces the scenario's own")
    func seed() throws {
        let scenario = try SmallScenario.decode(with: "seed: 18446744073709551615")
        #expect(try scenario.plan(sessions: recorded).seed == .max)
        #expect(try scenario.plan(sessions: recorded, seed: 5).seed == 5)
    }

    @Test("Faults are numbered in the order written")
    func faults() throws {
        let plan = try plan("faults: [{stage: svd, hangs: on}, {p5: x}]")
        #expect(plan.faults.map(\.number) == [1, 2])
        #expect(plan.faults.map(\.fault) == [.stage(.svd, .hangs), .scoring(message: "x", request: nil)])
    }

    @Test("A plan of more requests than anybody means is refused")
    func tooMany() throws {
        let sessions = (0..<50_001)
            .compactMap { number in
                SessionID("00000000-0000-0000-0000-\(String(number + 100_000_000_000))")
                    .map {
                        RecordedSession(id: $0, phase: "", ratings: [], phase1Movies: [])
                    }
            }
        let scenario = try SmallScenario.decode(with: "requests: [{at: 0s, session: all}, {at: 1s, session: all}]")
        let error = try #require(throws: ScenarioError.self) { try scenario.plan(sessions: sessions) }
        #expect(error.message.contains("more than 100000 requests"))
    }

    @Test("An expectation about visitors names sessions of the plan")
    func visitors() throws {
        let plan = try plan("sessions: {file: s, select: [2, 3]}\nexpect: {visitors: {fallback: [2]}}")
        let places = try #require(plan.visitors.first).places
        #expect(numbers(places.map { plan.sessions[$0] }) == [3])
        #expect(plan.withDrawnSessions().visitors == plan.visitors)
    }
}

/// Ratings that visitors give while the service runs.
struct PlannedRatingTests {
    private func plan(_ block: String) throws -> Plan {
        let session = try #require(SessionID("00000000-0000-0000-0000-000000000001"))
        let recorded = RecordedSession(
            id: session,
            phase: "recommendation",
            ratings: [Rating(movie: "1", value: 5, createdAt: Timestamp(microseconds: 7_000_000))],
            phase1Movies: []
        )
        return try SmallScenario.decode(with: "sessions: {file: s, select: all}\n" + block).plan(sessions: [recorded])
    }

    @Test("A rating is newer than all earlier ones of its session, in the order of the moments")
    func order() throws {
        let plan = try plan(
            """
            ratings:
              - {at: 9s, session: 1, movie: 0318, rating: 2.5}
              - {at: 4s, session: 1, movie: tt1, rating: 10}
            """
        )
        #expect(plan.ratings.map(\.at) == [.seconds(4), .seconds(9)])
        #expect(plan.ratings.map(\.index) == [1, 2])
        #expect(plan.ratings.map(\.rating.movie.text) == ["tt1", "0318"])
        #expect(plan.ratings.map(\.rating.value) == [10, 2.5])
        #expect(plan.ratings.map(\.rating.createdAt.microseconds) == [9_000_000, 10_000_000])
    }

    @Test(
        "A rating that cannot be given is refused with its place",
        arguments: [
            "{at: 1s, session: 2, movie: 1, rating: 5}", "{at: 1s, session: 1, movie: 1, rating: 11}",
            "{at: 1s, session: 1, movie: [], rating: 5}", "{at: 1s, session: 1, rating: 5}",
            "{at: 1s, session: 1, movie: 1, rating: 5, every: 1s}",
        ]
    )
    func refused(_ rating: String) {
        #expect {
            try plan("ratings:\n  - \(rating)")
        } throws: {
            "\($0)".contains(":")
        }
    }
}
