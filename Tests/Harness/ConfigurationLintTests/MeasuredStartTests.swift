import ConfigurationLint
import Testing

struct MeasuredStartTests {
    private func found(_ probe: String, _ measured: MeasuredStart, annotations: String = "") -> Set<String> {
        let sample = Marked(
            .yaml,
            """
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: a, annotations: {run.googleapis.com/ingress: all}}
            spec:
              template:
                metadata: {annotations: {\(annotations)}}
                spec:
                  containers:
                    - image: a
                      resources: {limits: {memory: 512Mi}}
                      startupProbe: {\(probe)}
            """
        )
        return Set(sample.found(by: ConfigurationLint(measured: measured)).map { String($0.prefix { $0 != " " }) })
    }

    @Test func `the last attempt is one period before the product`() {
        let probe = "httpGet: {path: /a}, periodSeconds: 5, failureThreshold: 10"
        #expect(found(probe, MeasuredStart(timeToListen: 45, timeToReady: 45)) == [])
        #expect(found(probe, MeasuredStart(timeToListen: 45.1, timeToReady: 45.1)) == ["W3"])
        // A connection is tried for the whole of the last attempt.
        let tcp = "tcpSocket: {}, periodSeconds: 240, timeoutSeconds: 240, failureThreshold: 1"
        #expect(found(tcp, MeasuredStart(timeToListen: 239, timeToReady: 239.5)) == [])
        #expect(found(tcp, MeasuredStart(timeToListen: 241, timeToReady: 241.5)) == ["W3"])
    }

    @Test func `a delay that covers the time to listen makes one attempt enough`() {
        let probe = "httpGet: {path: /a}, failureThreshold: 1, initialDelaySeconds: 20, periodSeconds: 5"
        #expect(found(probe, MeasuredStart(timeToListen: 19, timeToReady: 19.5)) == [])
        #expect(found(probe, MeasuredStart(timeToListen: 21, timeToReady: 21)).contains("W2"))
    }

    @Test func `a port that opens before the program is ready passes too early and starves`() {
        let measured = MeasuredStart(timeToListen: 2, timeToReady: 60)
        #expect(found("tcpSocket: {}, failureThreshold: 24", measured) == ["W4", "W5"])
        let always = "run.googleapis.com/cpu-throttling: 'false'"
        #expect(found("tcpSocket: {}, failureThreshold: 24", measured, annotations: always) == ["W4"])
        #expect(found("httpGet: {path: /a}, periodSeconds: 5, failureThreshold: 24", measured) == [])
    }

    @Test func `a long period rounds up, a small limit of memory ends the start`() {
        let measured = MeasuredStart(timeToListen: 11, timeToReady: 11, peakMemory: 600 << 20)
        #expect(found("httpGet: {path: /a}, periodSeconds: 10, failureThreshold: 10", measured) == ["W6", "W11"])
    }

    @Test func `a report of a run is read, and what is none is refused`() throws {
        let report = """
            {"schemaVersion": 1, "scenarios": [
              {"startup": {"listening": 1.5, "readyFull": 9, "probeCouldPass": 2}}, {"startup": null},
              {"startup": {"listening": 3, "readyFull": null, "probeCouldPass": 4}}]}
            """
        let start = try MeasuredStart(report: report)
        #expect(start == MeasuredStart(timeToListen: 3, timeToReady: 9, starts: 2))
        #expect(throws: DecodingError.self) { try MeasuredStart(report: "{\"a\": 1}") }
    }
}
