import ColdstartTestSupport
import Domain
import Scenarios
import ServiceUnderTest
import Testing

struct RemotePlanTests {
    private func plan(_ more: String, expect: String = "{startup: {outcome: ready}}") throws -> Plan {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            """
            name: small
            teaches: nothing
            service: {strategy: blocking, bundle: bundle}
            sessions: {file: sessions.jsonl}
            catalogue: catalogue.jsonl
            expect: \(expect)
            \(more)
            """,
            to: "small.yaml"
        )
        let recorded = try ["1", "2"]
            .map { digit in
                RecordedSession(
                    id: try #require(SessionID("00000000-0000-0000-0000-00000000000\(digit)")),
                    phase: "recommendation",
                    ratings: [],
                    phase1Movies: []
                )
            }
        return try #require(try ScenarioLoader.load([file]).first).plan(sessions: recorded, seed: 7)
    }

    @Test("a scenario that needs nothing but requests has no obstacle")
    func none() throws {
        #expect(try plan("requests: [{at: 1s, session: 1, expect: {status: 200, state: full}}]").remoteObstacles == [])
    }

    @Test(
        "whatever a deployed service cannot be put through is an obstacle",
        arguments: [
            ("faults: [{p5: x}]", "{rows: none}"), ("faults: [{process: killed, at: 1s}]", "{rows: none}"),
            ("requests: [{at: 1s, session: 1, expect: {state: svd_only}}]", "{rows: none}"),
            ("requests: [{at: 1s, session: 1, expect: {status: 503}}]", "{rows: none}"),
            ("seed: 1", "{startup: {outcome: killed}}"), ("seed: 1", "{startup: {ready_full: 2s}}"),
            ("seed: 1", "{startup: {attempts: 1}}"), ("seed: 1", "{on_sigterm: ignored}"),
        ]
    )
    func obstacles(_ more: String, _ expect: String) throws {
        #expect(try plan(more, expect: expect).remoteObstacles.count == 1)
    }

    @Test("drawn ids are UUIDs of version 4, the same for a seed, and those of the requests")
    func drawn() throws {
        let plan = try plan("requests: [{at: 1s, session: all}]")
        let other = plan.withDrawnSessions()
        #expect(other.sessions.map(\.id) == plan.withDrawnSessions().sessions.map(\.id))
        #expect(Set(other.sessions.map(\.id)).isDisjoint(with: plan.sessions.map(\.id)))
        #expect(other.requests.map(\.session.id) == other.sessions.map(\.id))
        for id in other.sessions.map(\.id.text) {
            #expect(Array(id)[14] == "4")
            #expect("89ab".contains(Array(id)[19]))
        }
    }
}
