import ColdstartTestSupport
import ContainerPlatform
import Foundation
import Reports
import StartupDiagnosis
import Testing

@testable import StartupAnalysis

/// Advice from pods as `kubectl get pods -o json` shows them.
struct PodStartsTests {
    private static var startup: [String: Any] {
        ["httpGet": ["path": "/ready", "port": 8080], "periodSeconds": 5, "failureThreshold": 60]
    }

    /// A pod whose container began at noon and was ready so many seconds later.
    private func pod(
        _ number: Int,
        after seconds: Int?,
        probes: [String: Any] = ["startupProbe": startup],
        sidecar: Bool = false
    ) -> [String: Any] {
        func time(_ second: Int) -> String { String(format: "2026-10-01T12:%02d:%02dZ", second / 60, second % 60) }
        let isReady = seconds != nil
        func status(_ name: String) -> [String: Any] {
            [
                "name": name, "ready": isReady, "restartCount": 0, "started": isReady,
                "state": ["running": ["startedAt": time(0)]],
            ]
        }
        return [
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "films-6c9d-\(number)", "namespace": "tools"],
            "spec": ["containers": [["name": "films", "image": "films:1"].merging(probes) { $1 }]],
            "status": [
                "phase": "Running",
                "conditions": [
                    [
                        "type": "ContainersReady", "status": isReady ? "True" : "False",
                        "lastTransitionTime": time(seconds ?? 0),
                    ]
                ],
                "containerStatuses": [status("films")] + (sidecar ? [status("proxy")] : []),
            ],
        ]
    }

    private func list(_ pods: [[String: Any]]) throws -> String {
        let data = try JSONSerialization.data(
            withJSONObject: ["apiVersion": "v1", "kind": "List", "items": pods],
            options: .prettyPrinted
        )
        return String(decoding: data, as: UTF8.self)
    }

    private func readiness(_ texts: [String]) throws -> RecordedReadiness {
        let folder = try TemporaryFolder()
        let files = try texts.enumerated().map { try folder.write($1, to: "input-\($0)") }
        return try RecordedReadiness(LogDiagnosis(files), service: nil)
    }

    private func message(_ texts: [String]) -> String {
        do {
            return "read: \(try readiness(texts))"
        } catch {
            return "\(error)"
        }
    }

    @Test func `a start counts from its container's beginning until its pod was ready, and a second more`() throws {
        let read = try readiness([try list((1...5).map { pod($0, after: 10 * $0) })])
        #expect(read.seconds == [11, 21, 31, 41, 51])
        #expect(read.ended == 0 && read.leftOut == 0 && read.source == .kubernetes)
        #expect(read.handler == .http(path: "/ready", port: nil) && read.scenario == "films" && read.cpu == nil)
    }

    @Test func `without a startup probe the readiness probe is what was waited for`() throws {
        let probes: [String: Any] = ["readinessProbe": ["grpc": ["port": 9090, "service": "movies"]]]
        let read = try readiness([try list((1...3).map { pod($0, after: $0, probes: probes) })])
        #expect(read.handler == .grpc(service: "movies", port: 9090))
        #expect(read.seconds == [2, 3, 4])
    }

    @Test func `a port that is asked for by its name is the container's of that name`() throws {
        let probes: [String: Any] = [
            "ports": [["name": "metrics", "containerPort": 9090], ["name": "web", "containerPort": 3000]],
            "startupProbe": ["httpGet": ["path": "/ready", "port": "web"]],
        ]
        let read = try readiness([try list((1...3).map { pod($0, after: $0, probes: probes) })])
        #expect(read.handler == .http(path: "/ready", port: 3000))
    }

    @Test func `a container that kubelet killed for its startup probe ended before it was ready`() throws {
        let event: [String: Any] = [
            "kind": "Event", "apiVersion": "v1", "type": "Normal", "reason": "Killing",
            "message": "Container films failed startup probe, will be restarted",
            "involvedObject": [
                "kind": "Pod", "name": "films-6c9d-9", "namespace": "tools", "fieldPath": "spec.containers{films}",
            ],
            "lastTimestamp": "2026-10-01T12:05:00Z",
        ]
        let read = try readiness([try list([pod(1, after: 10), pod(9, after: nil)]), try list([event])])
        #expect(read.seconds == [11] && read.ended == 1 && read.count == 2)
    }

    @Test func `what cannot say when a start passed is refused, with what can`() throws {
        let events = """
            LAST SEEN   TYPE      REASON      OBJECT              MESSAGE
            5m          Normal    Killing     pod/films-6c9d-1    Container films failed startup probe, will be restarted
            5m          Warning   Unhealthy   pod/films-6c9d-1    Startup probe failed: dial tcp 10.0.0.1:8080: connect: connection refused

            """
        #expect(message([events]).contains("kubectl get pods -o json"), "\(message([events]))")
        // Of two containers nobody knows which one was ready last.
        let two = try list((1...3).map { pod($0, after: 10, sidecar: true) })
        #expect(message([two]).contains("of pods with one container"), "\(message([two]))")
        let different = try list([
            pod(1, after: 10), pod(2, after: 10, probes: ["startupProbe": ["tcpSocket": ["port": 8080]]]),
        ])
        #expect(message([different]).contains("different probes"), "\(message([different]))")
    }

    /// The pods' advice has no error for the linter, says what it rests on, and knows no limit of Cloud Run's.
    @Test func `advice of pods is a configuration of Kubernetes with nothing to correct`() async throws {
        let read = try readiness([try list((1...59).map { pod($0, after: 200 + 10 * ($0 % 20)) })])
        let bound = QuantileBound(quantile: 0.95, confidence: 0.95)
        let advice = try ProbeAdvice(
            for: read,
            ProbeAdvice.Request(bound: bound, margin: 2, period: 1, limit: ProbeLimit.none)
        )
        #expect(advice.needed == 782 && advice.probe.failureThreshold == 783 && advice.price.survived == 59)
        let text = AdviceText(advice).lines(width: 80).map(\.text).joined(separator: " ")
        #expect(text.contains("59 recorded starts of pods"), "\(text)")
        let files = AdviceFile(advice, name: "films", image: "IMAGE")
        #expect(files.text(.scenario).contains("profile: kubernetes"))
        let document = AdviceDocument(advice, files: files, toolVersion: "0").json
        #expect(document.contains("\"kubernetes\""))
    }
}
