import Domain
import HTTPService
import ModelFiles
import RecommendationEngine
import Testing

/// The answers of the service's paths, over a real connection.
@Suite(.timeLimit(.minutes(10)))
struct ContractTests {
    @Test("health has exactly the documented members, in their order")
    func health() async throws {
        var configuration = shippedConfiguration()
        configuration.strategy = .progressive
        try await withService(configuration, load: nil) { service in
            try await service.wait(for: "ready_full")
            let answer = try await service.client.request("GET", "/health")
            let bundle = configuration.paths.directory
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == "application/json")
            #expect(
                answer.body == """
                    {"ok":true,"status":"ready_full","device":"cpu","p5_ckpt":"\(bundle)/p5/mvt_aug_epoch10.pth",\
                    "svd_dir":"\(bundle)/svd_5core","n_items":\(movieCount(in: answer.body))}
                    """
            )
            #expect(movieCount(in: answer.body) > 1_000)
        }
    }

    @Test("an initialisation that failed answers 200 on health and 503 on recommend, and its trace is logged")
    func failedInitialisation() async throws {
        let failing: ServiceModels.StageLoader = { _, _ in throw StageFailure(description: "bad \"file\"") }
        try await withService(load: failing) { service in
            let health = try await service.client.request("GET", "/health")
            #expect(health.status == 200)
            #expect(health.body.hasPrefix(#"{"ok":false,"status":"init_error: bad \"file\"","device":"cpu","#))
            let answer = try await service.recommend()
            #expect(answer.status == 503)
            #expect(answer.body == #"{"detail":"init_error: bad \"file\""}"#)
            #expect(service.log.all.contains { $0.contains("initialisation failed") && $0.contains("trace=") })
        }
    }

    @Test("recommend answers what was saved, and the rows are there")
    func recommends() async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            let answer = try await service.recommend(
                #"{"session_id": "\#(visitor)", "topk_per_model": 3, "phase": 4, "unknown": [1]}"#
            )
            #expect(answer.status == 200)
            let rows = service.store.rows
            #expect(rows.map(\.displayOrder) == [1, 2, 3])
            #expect(rows.allSatisfy { $0.phase == 4 && $0.model == .svd && $0.session == visitor })
            let sequence = rows.map { #"["svd","\#($0.movie)",\#($0.rank)]"# }.joined(separator: ",")
            #expect(
                answer.body == """
                    {"session_id":"\(visitor)","phase":4,"svd_top_saved":3,"p5_top_saved":0,\
                    "svd_top100_size":12,"display_sequence":[\(sequence)]}
                    """
            )
            let metrics = try await service.client.request("GET", "/metrics")
            #expect(metrics["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(metrics.body.contains("coldstart_rows_written_total{model=\"svd\"} 3\n"))
            #expect(metrics.body.contains("coldstart_p5_fallbacks_total{reason=\"not_loaded\"} 1\n"))
            #expect(
                metrics.body.contains(
                    "coldstart_requests_total{path=\"/recommend\",method=\"POST\",status=\"200\"} 1\n"
                )
            )
            #expect(metrics.body.contains("coldstart_stage_duration_seconds{stage=\"svd\"}"))
        }
    }

    @Test("both models rank once everything has loaded")
    func recommendsWithP5() async throws {
        try await withService(load: nil) { service in
            try await service.wait(for: "ready_full")
            let answer = try await service.recommend()
            #expect(answer.status == 200)
            #expect(answer.body.contains("\"svd_top_saved\":10,"))
            #expect(Set(service.store.rows.map(\.model)) == [.svd, .p5])
        }
    }

    @Test("the hole of progressive: before SVD has loaded a request gets 200 and saves nothing")
    func progressiveHole() async throws {
        var configuration = shippedConfiguration()
        configuration.strategy = .progressive
        let gate = ServiceModelsTests.Gate()
        gate.release(.environment)
        let load: ServiceModels.StageLoader = { stage, _ in gate.pass(stage) }
        try await withService(configuration, load: load) { service in
            let answer = try await service.recommend()
            #expect(answer.status == 200)
            #expect(answer.body.contains("\"svd_top_saved\":0,"))
            #expect(service.store.writes == 0)
            gate.release(.svd, .datamaps, .tokenizer, .checkpoint)
        }
    }

    @Test("while it warms up, recommend is refused with a time to come again")
    func warmingUp() async throws {
        let gate = ServiceModelsTests.Gate()
        gate.release(.environment)
        let load: ServiceModels.StageLoader = { stage, _ in gate.pass(stage) }
        try await withService(load: load) { service in
            let answer = try await service.recommend()
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "1")
            #expect(answer.body == #"{"detail":"warming up"}"#)
            gate.release(.svd, .datamaps, .tokenizer, .checkpoint)
        }
    }

    @Test("a session without ratings and an empty catalogue are 400")
    func badRequests() async throws {
        try await withService { service in
            try await service.wait(for: "ready_basic")
            let other = "00000000-0000-4000-8000-000000000002"
            let unknown = try await service.recommend(#"{"session_id": "\#(other)"}"#)
            #expect(unknown.status == 400)
            #expect(unknown.body == #"{"detail":"no rating history for session \#(other)"}"#)
            service.store.change { $0.candidates = [] }
            let empty = try await service.recommend()
            #expect(empty.status == 400)
            #expect(empty.body == #"{"detail":"no candidates for session \#(visitor)"}"#)
            #expect(service.store.writes == 0)
        }
    }

    @Test("an error of the service is 500 with a sentence")
    func internalError() async throws {
        let store = MemoryStore()
        store.change { $0.error = StageFailure(description: "inner details") }
        try await withService(store: store) { service in
            try await service.wait(for: "ready_basic")
            let answer = try await service.recommend()
            #expect(answer.status == 500)
            #expect(answer.body == #"{"detail":"internal error"}"#)
            #expect(service.log.all.contains { $0.contains("inner details") })
        }
    }

    @Test("work that takes too long is 504 and writes nothing")
    func requestTimeout() async throws {
        var configuration = shippedConfiguration()
        configuration.limits.requestTime = .milliseconds(50)
        let store = MemoryStore()
        store.change { $0.delay = .seconds(30) }
        try await withService(configuration, store: store) { service in
            try await service.wait(for: "ready_basic")
            let answer = try await service.recommend()
            #expect(answer.status == 504)
            #expect(answer.body == #"{"detail":"no answer within 0.05 s; the request was given up"}"#)
            #expect(store.writes == 0)
        }
    }

    @Test("a repeated request is ranked from the cache until a rating is new, and is written each time")
    func caches() async throws {
        var configuration = shippedConfiguration()
        configuration.cacheSize = 10
        try await withService(configuration) { service in
            try await service.wait(for: "ready_basic")
            // The fingerprint is computed behind the start.
            while try await !service.client.request("GET", "/metrics").body.contains("cache_hits_total 1\n") {
                #expect(try await service.recommend().status == 200)
            }
            let writes = service.store.writes
            service.store.change { $0.histories[visitor] = rated(["318", "296", "593", "858"]) }
            #expect(try await service.recommend().status == 200)
            #expect(service.store.writes == writes + 1)
            #expect(try await service.client.request("GET", "/metrics").body.contains("cache_hits_total 1\n"))
        }
    }

    private func movieCount(in body: String) -> Int {
        body.split(separator: "\"n_items\":").last.flatMap { Int($0.dropLast()) } ?? 0
    }
}
