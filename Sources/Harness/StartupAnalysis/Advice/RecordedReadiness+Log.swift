import ContainerPlatform
import Domain
import Reports
package import StartupDiagnosis

extension RecordedReadiness {
    /// Reads the starts that logs of Cloud Run show, or statuses of Kubernetes.
    ///
    /// On Cloud Run only a start that a startup probe decided says how long it took, and only where the line of its beginning
    /// is there too: its time is the moment at which the probe passed. On Kubernetes events say which attempts failed and
    /// never when one passed, and lines of `kubectl describe` have no moment of readiness: of a pod with one container,
    /// `kubectl get pods -o json` (or `yaml`) says when the container began and when it was ready, in whole seconds. The CPU
    /// is in none of them.
    ///
    /// - Parameters:
    ///   - diagnosis: What was read.
    ///   - service: The service, or the container of Kubernetes; where there is one alone it needs no name.
    /// - Throws: `StartupAnalysisError` where there is no such start, they are of several services and none is named, or they
    ///   were not asked by one probe.
    package init(_ diagnosis: LogDiagnosis, service: String?) throws(StartupAnalysisError) {
        let all = diagnosis.findings.compactMap { finding in
            finding.playable.start.flatMap(ProbedStart.init)
                .map { (service: finding.subject.service ?? finding.subject.container ?? "", start: $0) }
        }
        guard !all.isEmpty else {
            throw StartupAnalysisError(
                .empty,
                "the input shows no start that a probe decided; take in Cloud Run's own lines (varlog/system), or "
                    + "kubectl get pods -o json, or record starts with coldstart run --report-dir"
            )
        }
        let name = try Self.name(service, among: all.map(\.service))
        let starts = all.filter { $0.service == name }.map(\.start)
        let probe = try Self.probe(of: starts)
        let dated = starts.filter { $0.decidedAt != nil || !$0.hasPassed && $0.platform == .kubernetes }
        guard dated.contains(where: { $0.decidedAt != nil }) else { throw Self.undated(probe.platform) }
        let isBehind = starts.contains(where: \.loadsBehindItsPort)
        let strategy: InitialisationStrategy = isBehind ? .progressive : .blocking
        self.init(
            seconds: dated.filter(\.hasPassed).compactMap(\.decidedAt),
            ended: dated.count { !$0.hasPassed },
            leftOut: starts.count - dated.count,
            strategy: strategy.rawValue,
            cpu: nil,
            handler: probe.handler,
            scenario: name.isEmpty ? "service" : name,
            source: probe.platform == .kubernetes ? .kubernetes : .log
        )
    }

    /// The one service that is meant.
    private static func name(_ wanted: String?, among all: [String]) throws(StartupAnalysisError) -> String {
        let names = all.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard let name = wanted ?? (names.count == 1 ? names[0] : nil), names.contains(name) else {
            let known = names.map { $0.isEmpty ? "one without a name" : "`\($0)`" }.joined(separator: ", ")
            throw StartupAnalysisError(.unknownName, "the input shows starts of \(known); choose one by --name")
        }
        return name
    }

    /// The question of the one probe that decided all starts.
    private static func probe(
        of starts: [ProbedStart]
    ) throws(StartupAnalysisError) -> (platform: RecordedStart.Platform, handler: ProbeHandler) {
        let asked = starts.filter(\.isProbeKnown)
        guard let first = asked.first else { throw undated(.kubernetes) }
        guard !asked.contains(where: { $0.handler == "GRPC" && $0.service == nil }) else {
            throw StartupAnalysisError(
                .badValue,
                "a line of a gRPC probe does not say which service is asked about, and how Cloud Run writes one is "
                    + "unverified: record starts with coldstart run --report-dir"
            )
        }
        let questions = asked.map(question)
            .reduce(into: [ProbeHandler]()) { if !$0.contains($1) { $0.append($1) } }
        guard questions.count == 1, starts.allSatisfy({ $0.platform == first.platform }) else {
            let words = questions.map { [$0.logName, $0.path].compactMap(\.self).joined(separator: " ") }
            throw StartupAnalysisError(
                .badValue,
                "the starts were asked by different probes, or on different platforms: \(words.joined(separator: ", ")); "
                    + "choose those of one revision"
            )
        }
        return (first.platform, questions[0])
    }

    /// Why no start has a length.
    private static func undated(_ platform: RecordedStart.Platform) -> StartupAnalysisError {
        switch platform {
        case .cloudRun:
            StartupAnalysisError(
                .empty,
                "no line says when an instance was started (Starting new instance), so that no start has a length"
            )
        case .kubernetes:
            StartupAnalysisError(
                .empty,
                "nothing says when a container became ready, so that no start has a length: events tell of attempts "
                    + "that failed alone; take kubectl get pods -o json, of pods with one container"
            )
        }
    }

    /// The question of the probe that decided a start; the port of the container is left to the configuration.
    private static func question(of start: ProbedStart) -> ProbeHandler {
        let port = start.port == PlatformProfile.cloudRun.containerPort ? nil : start.port
        return switch start.handler {
        case "HTTP": .http(path: start.path ?? "/", port: port)
        case "GRPC": .grpc(service: start.service ?? "", port: port)
        default: .tcp(port: port)
        }
    }
}
