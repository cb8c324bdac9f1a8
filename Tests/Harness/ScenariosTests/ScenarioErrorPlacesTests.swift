import Scenarios
import SourcePlaces
import Testing

/// Every refusal of the format, each with the exact place (`¦`) and the words that help.
struct ScenarioErrorPlacesTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let block: String
        let words: [String]

        init(_ block: String, _ words: String...) {
            self.block = block
            self.words = words
        }

        var testDescription: String { block }
    }

    static let topLevel: [Case] = [
        Case("¦sed: 1", "unknown key `sed`", "did you mean `seed`?"),
        Case("¦entirely_different: 1", "unknown key", "known: `name`, `teaches`", "`expect`"),
        Case("seed: ¦-1", "`seed` must be a whole number from 0 to 18446744073709551615, found `-1`"),
        Case("seed: ¦18446744073709551616", "whole number"),
        Case("seed: ¦010", "leading zero"),
        Case("seed: ¦12:30", "found `12:30`"),
        Case("seed: ¦1e3", "whole number"),
        Case("seed: ¦0x10", "whole number"),
        Case("seed: ¦\"7\"", "found the text \"7\""),
        Case("seed: ¦[1]", "found a list"),
        Case("seed: ¦{a: 1}", "found a mapping"),
        Case("seed:¦", "found nothing"),
        Case("seed: ¦~", "found nothing"),
        Case("seed: ¦!secret 7", "the tag !secret"),
        Case("name: ¦Upper", "lower-case letters"),
        Case("name: ¦two words", "lower-case letters"),
        Case("name: ¦-dash", "lower-case letters"),
        Case("name: ¦no", "YAML reads `no` as a boolean: put it in quotes"),
        Case("name: ¦12", "YAML reads `12` as a number: put it in quotes"),
        Case("name: ¦2020-01-01", "as a date"),
        Case("teaches: ¦\"\"", "one sentence"),
        Case("teaches: ¦\"  \"", "not empty"),
        Case("tags: ¦startup", "a list of words"),
        Case("tags: [a, ¦a]", "given twice"),
        Case("tags: [¦[a]]", "found a list"),
        Case("catalogue: ¦{file: x}", "`catalogue` must be a path, found a mapping"),
        Case("shows_defect: ¦yes", "as a boolean"),
        Case("? ¦[a]\n: 1", "a key must be a word"),
        Case("¦<<: {seed: 1}", "unknown key `<<`"),
    ]

    static let platform: [Case] = [
        Case("platform: {¦prob: default}", "did you mean `probe`?"),
        Case("platform: {profile: ¦cloud-rum}", "unknown value `cloud-rum`", "did you mean `cloud-run`?"),
        Case("platform: {cpu: {limit: ¦0}}", "a number from 0.08 to 64"),
        Case("platform: {cpu: {limit: ¦65}}", "a number from 0.08 to 64"),
        Case("platform: {cpu: {limit: ¦.inf}}", "a number"),
        Case("platform: {cpu: {billing: ¦requests}}", "did you mean `request`?"),
        Case("platform: {cpu: {startup_boost: ¦1}}", "`on` or `off`"),
        Case("platform: {cpu: {startup_boost: ¦\"maybe\"}}", "`on` or `off`", "the text \"maybe\""),
        Case("platform: {cpu: {startup_boost: ¦ON}}", "`on` or `off`"),
        Case("platform: {request_timeout: ¦0s}", "at least 1s"),
        Case("platform: {request_timeout: ¦2h}", "at most 1h"),
        Case("platform: {request_timeout: ¦300}", "needs a unit", "write `300s`"),
        Case("platform: {probe: ¦none}", "known: `default`"),
        Case("platform: {probe: ¦{period: 1s}}", "`type` is missing in `probe`"),
        Case("platform: {probe: {type: ¦https}}", "did you mean `http`?"),
        Case("platform: {probe: {type: tcp, path: ¦/health}}", "belongs to probes of the type `http`"),
        Case("platform: {probe: {type: tcp, port: ¦-1}}", "whole number"),
        Case("platform: {probe: {type: tcp, timeout: ¦25h}}", "at most 24h"),
        Case("platform: {probe: {type: tcp, period: ¦-1s}}", "at least 0s"),
        Case("platform: {probe: {type: tcp, period: ¦fast}}", "a duration such as"),
        Case("platform: {probe: {type: tcp, period: ¦1d}}", "a duration such as"),
        Case("platform: {probe: {type: tcp, period: ¦1.0000000000s}}", "finer than a nanosecond"),
        Case("platform: {probe: {type: tcp, period: ¦1e3s}}", "a duration such as"),
        Case("platform: {probe: {type: tcp, failure_threshold: ¦2.5}}", "whole number"),
        Case("platform: {probe: {type: tcp, ¦treshold: 2}}", "unknown key `treshold`"),
    ]

    static let service: [Case] = [
        Case("service: ¦{bundle: b}", "`strategy` is missing in `service`"),
        Case("service: ¦{strategy: blocking}", "`bundle` is missing"),
        Case("service: {strategy: ¦progresive, bundle: b}", "did you mean `progressive`?"),
        Case("service: {strategy: lazy, bundle: ¦[b]}", "a path"),
        Case(
            "service: {strategy: gated, bundle: b, lazy_first_request: ¦waits}",
            "no effect with the strategy `gated`"
        ),
        Case("service: {strategy: lazy, bundle: b, lazy_first_request: ¦wait}", "did you mean `waits`?"),
        Case("service: {strategy: gated, bundle: b, batch: ¦0}", "from 1 to 65536"),
        Case("service: {strategy: gated, bundle: b, batch: ¦100000}", "from 1 to 65536"),
        Case("service: {strategy: gated, bundle: b, whole_word_embeddings: ¦of}", "`on` or `off`"),
        Case("service: {strategy: gated, bundle: b, p5: {mode: ¦softprompt}}", "did you mean `soft_prompt`?"),
        Case("service: {strategy: gated, bundle: b, p5: {¦mod: in_prompt}}", "did you mean `mode`?"),
        Case("service: {strategy: gated, bundle: b, p5: {dropout: ¦0.1}}", "no effect without `mode: soft_prompt`"),
        Case("service: {strategy: gated, bundle: b, p5: {mode: soft_prompt, dropout: ¦1}}", "from 0 to 0.9"),
        Case("service: {strategy: gated, bundle: b, p5: {beams: ¦65}}", "from 1 to 64"),
        Case("service: {strategy: gated, bundle: b, p5: {generation_limit: ¦1}}", "from 2 to 1024"),
        Case("service: {strategy: gated, bundle: b, p5: {beams: 2, scoring: ¦expected}}", "greedy decoding"),
        Case("service: {strategy: gated, bundle: b, p5: {beams: 2, precision: ¦verified}}", "greedy decoding"),
        Case(
            "service: {strategy: gated, bundle: b, p5: {scoring: expected, precision: ¦verified}}",
            "scores from texts"
        ),
        Case("service: {strategy: gated, bundle: b, p5: {precision: ¦int8}}", "unknown value"),
        Case("service: {strategy: gated, bundle: b, svd: {ranking: ¦biasd}}", "did you mean `biased`?"),
        Case("service: {strategy: gated, bundle: b, environment: {required: [¦a b]}}", "environment variable"),
        Case("service: {strategy: gated, bundle: b, environment: {required: [¦1A]}}", "environment variable"),
        Case("service: {strategy: gated, bundle: b, environment: {required: [A, ¦A]}}", "given twice"),
        Case(
            "service: {strategy: gated, bundle: b, environment: {missing: [¦SUPABASE_ULR]}}",
            "not among the required",
            "did you mean `SUPABASE_URL`?"
        ),
        Case("service: {strategy: gated, bundle: b, serving_time: {full: ¦2h}}", "at most 1h"),
        Case("service: {strategy: gated, bundle: b, on_sigterm: ¦ignore}", "did you mean `ignored`?"),
        Case("service: {strategy: gated, bundle: b, on_sigterm: ¦{}}", "`exits_after` is missing"),
        Case("stages: ¦mesured", "did you mean `measured`?"),
        Case("stages: {¦svds: 1s}", "did you mean `svd`?"),
        Case("stages: {svd: ¦1}", "needs a unit"),
        Case("stages: {svd: ¦\"1\"}", "needs a unit"),
        Case("stages: {svd: {duration: 1s, threads: ¦1025}}", "from 1 to 1024"),
        Case("stages: {svd: {duration: 1s, threads: ¦0}}", "from 1 to 1024"),
        Case("stages: {svd: ¦{threads: 1}}", "`duration` is missing in `svd`"),
        Case("stages: {measured: {cpu_factor: ¦0}}", "from 0.001 to 10000"),
        Case("stages: {measured: ¦on}", "a mapping with the keys `cpu_factor`"),
    ]

    static let replay: [Case] = [
        Case("faults: ¦{stage: svd}", "a list of faults"),
        Case("faults: [¦{}]", "one of `stage`, `p5`, `database`", "has 0"),
        Case("faults: [¦{stage: svd, p5: x}]", "has 2"),
        Case("faults: [¦{stage: svd}]", "one of `fails`, `exits`, `signal`, `hangs`, `delayed`"),
        Case("faults: [¦{stage: svd, fails: a, hangs: on}]", "has 2"),
        Case("faults: [{stage: ¦svdd, hangs: on}]", "did you mean `svd`?"),
        Case("faults: [{stage: svd, hangs: ¦off}]", "no effect"),
        Case("faults: [{stage: svd, delayed: ¦5}]", "needs a unit"),
        Case("faults: [{stage: svd, hangs: on, request: ¦1}]", "`request` does not belong to a fault of `stage`"),
        Case("faults: [{p5: x, at: ¦before_commit}]", "`at` does not belong to a fault of `p5`"),
        Case("faults:\n  - {stage: svd, hangs: on}\n  - ¦{stage: svd, delayed: 1s}", "has a fault already"),
        Case("faults: [{p5: x, request: ¦0}]", "from 1"),
        Case("faults: [¦{process: killed}]", "one of `at`, `stage`, `request`", "has 0"),
        Case("faults: [¦{process: killed, at: 1s, request: 1}]", "has 2"),
        Case("faults: [{process: ¦dies, at: 1s}]", "known: `killed`"),
        Case("faults: [{process: killed, at: 1s, for: ¦2s}]", "`for` does not belong"),
        Case("faults: [{process: memory_limit, limit: ¦512}]", "a size such as `512MiB`"),
        Case("faults: [{process: memory_limit, limit: ¦99999999999999999999GiB}]", "a size"),
        Case("faults: [¦{process: memory_limit}]", "`limit` is missing"),
        Case("service: {strategy: blocking, bundle: b, command: ¦serve}", "a list of words"),
        Case("service: {strategy: blocking, bundle: b, command: ¦[]}", "the program first"),
        Case("service: {strategy: blocking, bundle: b, command: [¦{a: 1}]}", "a word of a command"),
        Case("faults: [{database: ¦dies, at: before_commit}]", "known: `goes_away`"),
        Case("faults: [{database: latency, at: ¦after_commit, delay: 1s}]", "does not belong to the fault `latency`"),
        Case("faults: [¦{database: latency, request: 1}]", "`delay` is missing"),
        Case("faults: [¦{database: latency, delay: 0s}]", "has no effect"),
        Case("faults: [{database: latency, delay: 1s, request: 1, from: ¦1s}]", "contradicts `request`"),
        Case("faults: [{database: latency, delay: 1s, from: 2s, to: ¦2s}]", "ends before it begins: from 2s to 2s"),
        Case("faults: [{database: bandwidth, bytes_per_second: ¦0}]", "from 1 to"),
        Case("faults: [¦{database: cut, request: 1}]", "one of `at`, `after_bytes`, `from`; 0 of them"),
        Case("faults: [¦{database: cut, at: before_commit, after_bytes: 3}]", "2 of them"),
        Case("faults: [{database: cut, at: ¦before_answer}]", "known: `after_reading`"),
        Case("faults: [{database: cut, at: before_commit, direction: ¦to_service}]", "without `after_bytes`"),
        Case("faults: [{database: cut, after_bytes: 3, direction: ¦up}]", "known: `to_database`"),
        Case("faults: [{database: cut, from: 1s, to: ¦2s}]", "does not belong to the fault `cut`"),
        Case("faults: [{database: black_hole, at: after_commit, to: ¦2s}]", "`to` has no effect without `from`"),
        Case("faults: [{stage: svd, hangs: on, delay: ¦1s}]", "does not belong to a fault of `stage`"),
        Case("faults: [¦{database: goes_away}]", "`at` is missing"),
        Case("faults: [{database: goes_away, at: ¦between}]", "known: `before_transaction`"),
        Case("sessions: ¦{select: all}", "`file` is missing"),
        Case("sessions: {file: a, select: ¦some}", "`all`, `first 3`, or a list"),
        Case("sessions: {file: a, select: ¦first}", "`first 3`"),
        Case("sessions: {file: a, select: ¦first 0}", "`first 3`"),
        Case("sessions: {file: a, select: ¦first -3}", "`first 3`"),
        Case("sessions: {file: a, select: ¦[]}", "empty"),
        Case("sessions: {file: a, select: [¦0]}", "from 1"),
        Case("sessions: {file: a, select: [1, ¦1]}", "given twice"),
        Case("sessions: {file: a, select: [¦not-a-uuid]}", "a position from 1 or a session's UUID"),
        Case("requests: [¦{session: 1}]", "`at` is missing in `requests[0]`"),
        Case("requests: [¦{at: 1s}]", "`session` is missing"),
        Case("requests: [{at: ¦25h, session: 1}]", "at most 24h"),
        Case("requests: [{at: 1s, session: ¦everybody}]", "UUID"),
        Case("requests: [{at: 1s, session: 1, every: ¦1s}]", "no effect with one session"),
        Case("requests: [{at: 1s, session: 1, top_k: ¦0}]", "from 1 to 100"),
        Case("requests: [{at: 1s, session: 1, top_k: ¦101}]", "from 1 to 100"),
        Case("requests: [{at: 1s, session: 1, phase: ¦0}]", "from 1 to 100"),
        Case("requests: [{at: 1s, session: 1, ¦topk: 1}]", "did you mean `top_k`?"),
        Case("requests:\n  - at: 1s\n    session: 1\n    expect:\n      ¦stauts: 200", "did you mean `status`?"),
        Case("requests: [{at: 1s, session: 1, expect: {status: ¦20}}]", "from 100 to 599"),
        Case("requests: [{at: 1s, session: 1, expect: {state: ¦svdonly}}]", "did you mean `svd_only`?"),
        Case("requests: [{at: 1s, session: 1, expect: {error: ¦400}}]", "put it in quotes"),
        Case("requests: [{at: 1s, session: 1, expect: {svd_saved: ¦-1}}]", "from 0 to 100"),
    ]

    static let expectations: [Case] = [
        Case("expect: ¦{}", "proves nothing"),
        Case("expect: {¦startupp: {}}", "did you mean `startup`?"),
        Case("expect: {startup: {outcome: ¦dead}}", "known: `ready`, `killed`"),
        Case("expect: {startup: {at: ¦12}}", "needs a unit"),
        Case("expect: {startup: {at: ¦{}}}", "`from`, `to` or both"),
        Case("expect: {startup: {at: ¦{from: 2s, to: 1s}}}", "ends before it begins: from 2s to 1s"),
        Case("expect: {startup: {at: ¦never}}", "a duration such as"),
        Case("expect: {startup: {ready_full: ¦nevr}}", "a duration such as"),
        Case("expect: {startup: {attempts: ¦-1}}", "from 0"),
        Case("expect: {rankings: {¦nothing: a}}", "unknown key `nothing`", "`full`, `svd_only`"),
        Case("expect: {rows: ¦nothing}", "known: `none`"),
        Case("expect: {rows: {svd: ¦many}}", "whole number"),
        Case("expect: {rows: {earlier_set: ¦gone}}", "known: `intact`, `replaced`"),
        Case("expect: {on_sigterm: ¦ignore}", "did you mean `ignored`?"),
        Case("expect: {on_sigterm: ¦{}}", "`exits_within` is missing"),
        Case("expect: {on_sigterm: {exits_within: ¦5}}", "needs a unit"),
        Case("expect: {visitors: ¦everything}", "known: `fallback`, `recommendations`"),
        Case("expect: {visitors: {fallback: ¦1}}", "a list"),
        Case("expect: {places: ¦x}", "a list of statements about places"),
        Case("expect: {places: ¦[]}", "is empty"),
        Case("expect: {places: [¦{sessions: [1]}]}", "one of `svd`, `p5` and `display`, found 0"),
        Case("expect: {places: [¦{svd: never 1, p5: never 1}]}", "found 2"),
        Case("expect: {places: [{¦movie: never 1}]}", "unknown key `movie`"),
        Case("expect: {places: [{svd: ¦1 above 1}]}", "cannot stand above itself"),
        Case("expect: {places: [{svd: ¦1 beneath 2}]}", "`A above B`, `X within the first 5` or `never Y`"),
        Case("expect: {places: [{svd: ¦never}]}", "`never Y`"),
        Case("expect: {places: [{svd: ¦1 within the first 0}]}", "from 1 to 100"),
        Case("expect: {places: [{svd: ¦1 within the first many}]}", "found `first many`"),
        Case("expect: {places: [{svd: ¦12}]}", "put it in quotes"),
    ]

    static let wellFormedness: [Case] = [
        Case("¦seed: 1\nseed: 2", "`seed` is given more than once, first here"),
        Case("tags: [a\nseed¦: 1", "not well-formed YAML"),
        Case("seed: 1\n¦\tname: x", "a tab in the indentation"),
        Case("seed: 1\n¦---\nseed: 2", "a second document"),
        Case("seed: ¦*nothing", "undefined alias"),
        Case("seed: ¦@x", "not well-formed YAML"),
        Case("teaches: \"¦\u{1}\"", "control characters are not allowed"),
        Case(
            "tags: &a [\(Array(repeating: "*a", count: 15).joined(separator: ", ")), ¦*a, *a]",
            "more than 16 anchors"
        ),
    ]

    @Test(
        "A refusal names the exact place and says what helps",
        arguments: [topLevel, platform, service, replay, expectations, wellFormedness].flatMap(\.self)
    )
    func place(_ bad: Case) throws {
        let marked = MarkedText(SmallScenario.text(with: bad.block))
        let error = try #require(throws: ScenarioError.self) {
            try ScenarioLoader.decode(Array(marked.text.utf8), path: "test.yaml")
        }
        #expect(error.location == marked.location, "\(error)")
        for words in bad.words {
            #expect(error.message.contains(words), "\(error)")
        }
        #expect(!error.description.contains("\n"))
        let caret = error.excerpt?.split(separator: "\n").last
        #expect(caret?.count == marked.location?.column, "\(error.excerpt ?? "")")
    }

    @Test(
        "A required key that is missing is named",
        arguments: ["name", "teaches", "service", "sessions", "catalogue", "expect"]
    )
    func missing(_ key: String) throws {
        let text = SmallScenario.lines.filter { !$0.hasPrefix(key + ":") }.joined(separator: "\n")
        let error = try #require(throws: ScenarioError.self) {
            try ScenarioLoader.decode(Array(text.utf8), path: "test.yaml")
        }
        #expect(error.message == "`\(key)` is missing in the scenario")
        #expect(error.location == SourceLocation(file: "test.yaml", line: 1, column: 1))
    }

    @Test("The excerpt is the source line with a caret")
    func excerpt() throws {
        let error = try #require(throws: ScenarioError.self) { try SmallScenario.decode(with: "seed: x") }
        #expect(error.excerpt == "seed: x\n      ^")
        #expect("\(error)".hasPrefix("test.yaml:7:7: `seed` must be"))
    }

    @Test("A long line is cut to a window around the caret")
    func longLine() throws {
        let error = try #require(throws: ScenarioError.self) {
            try SmallScenario.decode(with: "tags: [\(String(repeating: "a, ", count: 500))]")
        }
        let lines = try #require(error.excerpt?.split(separator: "\n"))
        #expect(lines[0].count <= 120)
        #expect(lines[1].count <= 121)
    }
}
