package import Domain
import Reports
import Scenarios

/// The two scenarios that somebody with models and recordings of their own begins with: one that passes, and one that
/// fails on purpose.
package struct FirstScenarios: Sendable {
    /// One of them.
    package struct File: Hashable, Sendable {
        /// The file's name, which is that of the scenario with `.yaml`.
        package let name: String
        /// The text.
        package let text: String
    }

    /// The path of the bundle, as the scenarios name it.
    package var bundle: String
    /// The path of the recorded sessions, as the scenarios name it.
    package var sessions: String
    /// The path of the catalogue, as the scenarios name it.
    package var catalogue: String
    /// The session that asks, by its place in the file from 1.
    package var position: Int
    /// How many rows it gets from SVD.
    package var svdRows: Int
    /// How many rows it gets from P5.
    package var p5Rows: Int
    /// The version of Coldstart, for the first line.
    package var toolVersion: String

    /// The rows that a request asks of each model where it does not say.
    private static let rows = 10

    /// Looks for the first session that both models can rank.
    ///
    /// - Parameters:
    ///   - sessions: The recorded sessions.
    ///   - count: How many rows one would get from each model, were there no limit.
    /// - Returns: Its place from 1 with the rows that it gets from either model, `nil` where there is none.
    /// - Complexity: That of ranking the sessions up to it.
    package static func firstRankable(
        of sessions: [RecordedSession],
        rows count: (RecordedSession) -> (svd: Int, p5: Int)
    ) -> (position: Int, svdRows: Int, p5Rows: Int)? {
        for (index, session) in sessions.enumerated() {
            let ranked = count(session)
            let (svd, p5) = (min(rows, ranked.svd), min(rows, ranked.p5))
            if svd > 0, p5 > 0 { return (index + 1, svd, p5) }
        }
        return nil
    }

    /// Creates the scenarios.
    package init(
        bundle: String,
        sessions: String,
        catalogue: String,
        position: Int,
        svdRows: Int,
        p5Rows: Int,
        toolVersion: String
    ) {
        self.bundle = bundle
        self.sessions = sessions
        self.catalogue = catalogue
        self.position = position
        self.svdRows = svdRows
        self.p5Rows = p5Rows
        self.toolVersion = toolVersion
    }

    /// The scenario that passes.
    package var passing: File {
        file(
            "first-passes",
            head: "It passes: the visitor asks once the models are there, and every row has to land.",
            teaches: "A visitor who comes after the start gets rows of both models.",
            strategy: "gated            # listens at once, and answers 503 until the models are there",
            requests: """
                requests:
                  - at: 60s                  # after the instance was started
                    session: 1               # the first of those selected above
                    expect: {status: 200, state: full}

                expect:
                  startup: {outcome: ready}
                  rows: {svd: \(svdRows), p5: \(p5Rows)}       # in the table recommendations, after the run
                  visitors: recommendations  # not the silent fallback
                """
        )
    }

    /// The scenario that fails on purpose.
    package var failing: File {
        file(
            "first-fails",
            head: "It fails on purpose, with exit code 1: nobody is answered within a second while the models load.",
            teaches: "A visitor who comes while a blocking service loads waits for the whole load.",
            strategy: "blocking         # loads everything before it listens",
            requests: """
                requests:
                  - at: 5s
                    session: 1
                    # The answer comes when the load is done. Make it pass: `within: 30s`, or `at: 60s` with `within: 5s`.
                    expect: {status: 200, within: 1s}

                expect:
                  startup: {outcome: ready}
                  rows: {svd: \(svdRows), p5: \(p5Rows)}
                """
        )
    }

    private func file(_ name: String, head: String, teaches: String, strategy: String, requests: String) -> File {
        let text = """
            # Written by coldstart init \(toolVersion); scenarios/README.md of Coldstart describes every key.
            # \(head)
            name: \(name)
            teaches: \(teaches)

            platform:
              probe: default             # what the container platform checks by itself: TCP, one attempt of 240 s
              cpu: {billing: instance}   # with `request` a service gets hardly any CPU between requests

            service:
              strategy: \(strategy)
              bundle: \(Self.quoted(bundle))

            # How long the stages of the start take on one CPU, in simulated time; `stages: measured` measures yours.
            stages: {boot: 2s, svd: 1s, datamaps: 200ms, tokenizer: 1s, checkpoint: 20s}

            sessions: {file: \(Self.quoted(sessions)), select: [\(position)]}
            catalogue: \(Self.quoted(catalogue))

            \(requests)

            """
        return File(name: name + ".yaml", text: text)
    }

    /// A text in double quotes, as JSON and YAML have it in common.
    private static func quoted(_ text: String) -> String { String(ReportEncoding.dataLine(text).dropLast()) }
}
