import ContainerPlatform
import Domain
import Scenarios
import Testing

/// The platforms of scenarios, with their defaults and refusals.
struct PlatformDecodingTests {
    private func platform(_ text: String) throws -> PlatformConditions {
        try SmallScenario.decode(with: "platform: {\(text)}").platform
    }

    @Test("Kubernetes adds no probe, gives CPU at all times, and is watched for ten minutes")
    func kubernetes() throws {
        let platform = try platform("profile: kubernetes")
        #expect(platform.profile == .kubernetes)
        #expect(platform.probes == ContainerProbes(startup: nil))
        #expect(platform.cpu == CPUAllocation(billing: .instanceBased, startupBoost: false))
        #expect(platform.watch == .seconds(600))
        #expect(!platform.isRefused)
    }

    @Test("probes of Kubernetes have their thresholds and graces")
    func kubernetesProbes() throws {
        let platform = try platform(
            """
            profile: kubernetes, grace: 45s, container_creation: 3s, kubelet_uptime: 5s, watch: 2m,
              probe: {type: tcp, timeout: 30s, period: 5s, failure_threshold: 4, grace: 1s},
              liveness: {type: http, path: /live, initial_delay: 20s},
              readiness: {type: http, path: /ready, success_threshold: 3}
            """
        )
        #expect(platform.profile.terminationGrace == .seconds(45))
        #expect(platform.profile.kubelet?.containerCreation == .seconds(3))
        #expect(platform.profile.kubelet?.uptime == .seconds(5))
        #expect(platform.watch == .seconds(120))
        #expect(platform.probes.startup?.terminationGrace == .seconds(1))
        #expect(platform.probes.startup?.timeout == .seconds(30), "no relation to the period is enforced")
        #expect(platform.probes.liveness?.initialDelay == .seconds(20))
        #expect(platform.probes.readiness?.successThreshold == 3)
        #expect(!platform.isRefused)
    }

    @Test(
        "what the API of Kubernetes refuses is decoded, and says why",
        arguments: [
            ("probe: {type: tcp, success_threshold: 2}", "startupProbe.successThreshold"),
            ("liveness: {type: tcp, success_threshold: 2}", "livenessProbe.successThreshold"),
            ("probe: {type: tcp, period: 1500ms}", "startupProbe.periodSeconds"),
            ("probe: {type: tcp, timeout: 0s}", "startupProbe.timeoutSeconds"),
            ("readiness: {type: tcp, failure_threshold: 0}", "readinessProbe.failureThreshold"),
        ]
    )
    func refused(probe: String, field: String) throws {
        let platform = try platform("profile: kubernetes, \(probe)")
        #expect(platform.isRefused)
        #expect(platform.probeViolations.first?.field == field)
    }

    @Test("Knative adds an aggressive readiness probe; one without a period is aggressive too")
    func knative() throws {
        let added = try platform("profile: knative").probes
        #expect(added.startup == nil)
        let readiness = try #require(added.readiness)
        #expect(readiness.isAggressive && readiness.handler == .tcp(port: nil))
        #expect(readiness.period == .seconds(1) && readiness.timeout == .seconds(10))
        let stated = try platform("profile: knative, readiness: {type: http, path: /up, success_threshold: 2}").probes
        #expect(stated.readiness?.isAggressive == true && stated.readiness?.successThreshold == 2)
        let single = try platform("profile: knative, readiness: {type: http, period: 3s, timeout: 2s}").probes
        #expect(single.readiness?.isAggressive == false && single.readiness?.timeout == .seconds(2))
    }

    @Test("the grace of a revision is its request timeout, and its deadline is stated")
    func knativeTimes() throws {
        let profile = try platform("profile: knative, request_timeout: 2m, progress_deadline: 90s").profile
        #expect(profile.terminationGrace == .seconds(120))
        #expect(profile.progressDeadline == .seconds(90))
    }

    @Test("Cloud Run's readiness needs two successes, its limits may be the former ones")
    func cloudRun() throws {
        let platform = try platform("readiness: {type: http, path: /health}")
        #expect(platform.probes.readiness?.successThreshold == 2)
        #expect(platform.watch == nil)
        let patient = "probe: {type: http, period: 20s, failure_threshold: 24}"
        #expect(try !self.platform(patient).isRefused)
        #expect(try self.platform(patient).probeViolations.contains { $0.rule == .aboveOlderLimit })
        #expect(try self.platform("limits: former, \(patient)").isRefused)
        #expect(
            try !self.platform("limits: current, \(patient)").probeViolations.contains { $0.rule == .aboveOlderLimit }
        )
    }

    @Test(
        "a key that means nothing on the platform is refused",
        arguments: [
            ("grace: 5s", "grace"), ("watch: 5s", "watch"), ("progress_deadline: 5s", "progress_deadline"),
            ("profile: kubernetes, limits: former", "limits"),
            ("profile: kubernetes, progress_deadline: 5s", "progress_deadline"),
            ("profile: kubernetes, cpu: {billing: request, limit: 1}", "billing"),
            ("profile: kubernetes, probe: default", "default"),
            ("probe: {type: tcp, success_threshold: 1}", "success_threshold"),
            ("probe: {type: tcp, grace: 5s}", "grace"),
            ("profile: knative, readiness: {type: tcp, timeout: 5s}", "timeout"),
        ]
    )
    func foreignKeys(text: String, named: String) {
        let error = #expect(throws: ScenarioError.self) { try platform(text) }
        #expect(error?.message.contains("`\(named)`") == true, "\(error.map { $0.message } ?? "no error")")
    }

    @Test("a gRPC probe names a service, or asks about the server as a whole")
    func grpc() throws {
        let cloudRun = try platform("probe: {type: grpc, service: movies, port: 9090}").probes
        #expect(cloudRun.startup?.handler == .grpc(service: "movies", port: 9090))
        let plain = try platform("profile: kubernetes, readiness: {type: grpc}").probes
        #expect(plain.readiness?.handler == .grpc(service: "", port: nil))
        #expect(try !SmallScenario.decode(with: "tags: []").service.answersHealthChecks)
    }

    @Test("a port's name that is not the container's is an error of every attempt, on Kubernetes")
    func portNames() throws {
        let probes = try platform(
            "profile: kubernetes, port_name: http, probe: {type: http, port: http}, liveness: {type: tcp, port: web-2}"
        )
        .probes
        #expect(probes.startup?.handler == .http(path: "/", port: nil))
        #expect(probes.startup?.unknownPort == nil)
        #expect(probes.liveness?.unknownPort == "web-2")
    }

    @Test(
        "what a probe's kind does not have is refused",
        arguments: [
            ("probe: {type: grpc, path: /health}", "`path`"), ("probe: {type: http, service: movies}", "`service`"),
            ("probe: {type: tcp, service: movies}", "`service`"), ("probe: {type: tcp, port: web}", "`port`"),
            ("profile: knative, readiness: {type: tcp, port: web}", "`port`"),
            ("profile: kubernetes, probe: {type: grpc, port: web}", "`port`"),
            ("profile: kubernetes, probe: {type: tcp, port: Web}", "`port`"), ("port_name: web", "`port_name`"),
            ("profile: knative, port_name: web", "`port_name`"), ("probe: {type: exec}", "`type`"),
        ]
    )
    func wrongKind(text: String, named: String) {
        let error = #expect(throws: ScenarioError.self) { try platform(text) }
        #expect(error?.message.contains(named) == true, "\(error.map { $0.message } ?? "no error")")
    }

    @Test("a fault may hold in the first lives alone")
    func lives() throws {
        let scenario = try SmallScenario.decode(with: "faults: [{stage: checkpoint, hangs: on, lives: 2}]")
        #expect(scenario.faults.map(\.value) == [.stage(.checkpoint, .inFirstLives(2, .hangs))])
        let fault = StageFault.inFirstLives(2, .hangs)
        #expect((1...3).map { fault.inLife($0) } == [.hangs, .hangs, nil])
        #expect(StageFault.hangs.inLife(9) == .hangs)
    }
}
