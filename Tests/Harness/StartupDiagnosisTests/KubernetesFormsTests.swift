import ColdstartTestSupport
import Testing

@testable import StartupDiagnosis

/// The forms in which people have what Kubernetes said.
struct KubernetesFormsTests {
    private static let killed = "Container web failed startup probe, will be restarted"

    static let flow = [
        WrittenForm(
            "a pod in flow style",
            .oom,
            .certain,
            isDeath: true,
            of: "container web",
            """
            kind: Pod
            metadata: {name: web-1, namespace: shop}
            status:
              containerStatuses:
              - {name: web, ready: false, lastState: {terminated: {exitCode: 137, reason: ¦OOMKilled}}}
            """
        ),
        WrittenForm(
            "over several lines",
            .exit,
            .certain,
            isDeath: true,
            of: "container web",
            """
            kind: Pod
            metadata: {name: web-1}
            status: {
              containerStatuses: [
                {name: web,
                 lastState: {terminated: {¦exitCode: 1, message: 'it''s {over', reason: Error}},
                 state: {waiting: {reason: ¦CrashLoopBackOff}}}]
            }
            """
        ),
        WrittenForm(
            "a whole document",
            .signal,
            .certain,
            isDeath: true,
            of: "pod web-1",
            "{kind: Pod, metadata: {name: web-1}, status: {containerStatuses: [{name: web, lastState: {terminated: "
                + "{¦exitCode: 139}}}]}}\n"
        ),
        WrittenForm(
            "a quotation mark that is never closed",
            .exit,
            .certain,
            isDeath: true,
            "kind: Pod\nmetadata:\n  name: 'web-1\nstatus:\n  containerStatuses:\n  - name: web\n    state:\n"
                + "      terminated:\n        ¦exitCode: 3\n"
        ),
        WrittenForm(
            "a block of lines that looks like keys",
            .exit,
            .certain,
            isDeath: true,
            "kind: Pod\nstatus:\n  containerStatuses:\n  - name: web\n    state:\n      terminated:\n        message: |\n"
                + "          exitCode: 0\n        ¦exitCode: 3\n"
        ),
    ]

    static let states = [
        WrittenForm(
            "an exit code that nobody saw",
            .unknown,
            .possible,
            isDeath: true,
            "kind: Pod\nstatus:\n  containerStatuses:\n  - name: web\n    lastState:\n      terminated:\n"
                + "        ¦exitCode: 255\n        reason: Unknown\n"
        ),
        WrittenForm(
            "a command that cannot be run in a container that ended",
            .exit,
            .certain,
            isDeath: true,
            """
            Name:  web-1
            Containers:
              web:
                Last State:  Terminated
                  Reason:    Error
                  ¦Exit Code: 1
            Events:
              Type     Reason     Age  From     Message
              Warning  Unhealthy  1m   kubelet  Readiness probe errored and resulted in unknown state: rpc error: not running
            """
        ),
        WrittenForm(
            "a program that was told to end",
            .unknown,
            .possible,
            isDeath: nil,
            "INFO: Uvicorn running on http://0.0.0.0:8080\nINFO: Shutting down\nINFO: ¦Finished server process [1]\n"
        ),
    ]

    static let events = [
        WrittenForm(
            "events.k8s.io/v1, whose times decide",
            .rollout,
            .certain,
            isDeath: true,
            of: "container web",
            """
            {"kind": "List", "items": [
            {"apiVersion": "events.k8s.io/v1", "kind": "Event", "eventTime": null, "reason": "Unhealthy",
             "deprecatedLastTimestamp": "2026-03-01T10:00:05Z", "note": "Readiness probe failed: connection refused",
             "regarding": {"kind": "Pod", "name": "web-1", "fieldPath": "spec.containers{web}"}},
            {"apiVersion": "events.k8s.io/v1", "kind": "Event", "eventTime": "2026-03-01T10:00:01.000001Z",
             "reason": "Killing", "note": "¦Stopping container web",
             "regarding": {"kind": "Pod", "name": "web-1", "fieldPath": "spec.containers{web}"}},
            {"apiVersion": "events.k8s.io/v1", "kind": "Event", "eventTime": "2026-03-01T10:00:00Z",
             "reason": "SuccessfulDelete", "note": "¦Deleted pod: web-1",
             "regarding": {"kind": "ReplicaSet", "name": "web"}}]}
            """
        ),
        WrittenForm(
            "events in YAML with a folded note",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            of: "container web",
            """
            kind: Event
            note: Container web ¦failed startup probe, will be restarted
            regarding: {kind: Pod, name: web-1, fieldPath: "spec.containers{web}"}
            series: {lastObservedTime: "2026-03-01T10:00:00.9Z"}
            ---
            kind: Event
            note: 'Startup probe failed: Get "http://10.0.0.1:8080/": dial tcp 10.0.0.1:8080: connect:
              ¦connection refused'
            regarding: {kind: Pod, name: web-1, fieldPath: "spec.containers{web}"}
            """
        ),
        WrittenForm(
            "a wide table",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            of: "container web",
            """
            LAST SEEN   TYPE     REASON    OBJECT      SUBOBJECT              SOURCE      MESSAGE   FIRST SEEN   COUNT   NAME
            2m          Normal   Killing   pod/web-1   spec.containers{web}   kubelet, n  Container web ¦failed startup probe, will be restarted   5m   1   web-1.1
            """
        ),
        WrittenForm(
            "an event in an entry of Cloud Logging",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            of: "container web",
            """
            {"logName":"projects/p/logs/events","resource":{"type":"k8s_pod","labels":{"pod_name":"web-1"}},\
            "jsonPayload":{"kind":"Event","reason":"Killing","message":"Container web ¦failed startup probe, will be \
            restarted","involvedObject":{"kind":"Pod","name":"web-1","fieldPath":"spec.containers{web}"}}}
            """
        ),
        WrittenForm(
            "a job that gave up",
            .unknown,
            .possible,
            isDeath: true,
            of: "Job/train",
            """
            LAST SEEN   TYPE      REASON                 OBJECT      MESSAGE
            2m          Warning   BackoffLimitExceeded   job/train   ¦Job has reached the specified backoff limit
            """
        ),
        WrittenForm(
            "a deployment that makes no progress",
            .unknown,
            .possible,
            isDeath: nil,
            of: "Deployment/web",
            "kind: Deployment\nmetadata:\n  name: web\nstatus:\n  conditions:\n  - reason: ¦ProgressDeadlineExceeded\n"
                + "    status: \"False\"\n    type: Progressing\n"
        ),
    ]

    @Test(arguments: flow + states + events)
    func `is read as what it says`(form: WrittenForm) throws { try form.check() }

    static let rows: [(status: String, word: VerdictWord, isDeath: Bool?)] = [
        ("CrashLoopBackOff", .unknown, true), ("ImagePullBackOff", .neverStarted, true), ("OOMKilled", .oom, true),
        ("Evicted", .evicted, true), ("Completed", .noDeath, false), ("Pending", .unknown, nil),
        ("Error", .unknown, true),
    ]

    @Test func `a list in YAML takes time in its length alone, and loses no element`() throws {
        let pods = (0..<3000)
            .map {
                "- kind: Pod\n  metadata:\n    name: a\($0)\n  status:\n    containerStatuses:\n    - name: web\n"
                    + "      lastState:\n        terminated:\n          exitCode: 1\n"
            }
        let folder = try TemporaryFolder()
        let path = try folder.write("apiVersion: v1\nitems:\n" + pods.joined() + "kind: List\n", to: "pods.yaml")
        let diagnosis = try withExtendedLifetime(folder) { try LogDiagnosis([path]) }
        #expect(diagnosis.findings.count == pods.count)
        #expect(diagnosis.findings.allSatisfy { $0.verdict.word == .exit && $0.verdict.evidence.count == 1 })
    }

    @Test(arguments: rows)
    func `each row of a table of pods is a pod`(status: String, word: VerdictWord, isDeath: Bool?) throws {
        let text = """
            NAMESPACE   NAME    READY   STATUS             RESTARTS      AGE
            shop        web-0   1/1     Running            0             15m
            shop        web-1   0/1     \(status)   7 (2m ago)    15m

            """
        let certainty: Certainty = word == .unknown ? .possible : word == .oom ? .likely : .certain
        try WrittenForm(status, word, certainty, isDeath: isDeath, of: "web-1", text).check()
        try WrittenForm("the other", .noDeath, .likely, isDeath: false, of: "web-0", text).check()
    }
}
