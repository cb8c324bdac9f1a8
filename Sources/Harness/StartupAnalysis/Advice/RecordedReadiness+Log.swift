import ContainerPlatform
import Domain
import Reports
package import StartupDiagnosis

extension RecordedReadiness {
    /// Reads the starts that a log of Cloud Run shows.
    ///
    /// Only a start that a startup probe decided says how long it took, and only where the line of its beginning is there
    /// too. Its time is the moment at which the probe passed. The CPU is in no log.
    ///
    /// - Parameters:
    ///   - diagnosis: What was read.
    ///   - service: The service; a log of one service alone needs no name.
    /// - Throws: `StartupAnalysisError` where there is no such start, they are of several services and none is named, or they
    ///   were not asked by one probe.
    package init(_ diagnosis: LogDiagnosis, service: String?) throws(StartupAnalysisError) {
        let found = diagnosis.findings.compactMap { finding in
            finding.playable.start.flatMap(ProbedStart.init).map { (service: finding.subject.service ?? "", start: $0) }
        }
        guard !found.isEmpty else {
            throw StartupAnalysisError(
                .empty,
                "the log shows no start that a startup probe of Cloud Run decided; take in the platform's lines "
                    + "(varlog/system), or record starts with coldstart run --report-dir"
            )
        }
        let names = found.reduce(into: [String]()) { if !$0.contains($1.service) { $0.append($1.service) } }
        guard let name = service ?? (names.count == 1 ? names[0] : nil), names.contains(name) else {
            let known = names.map { $0.isEmpty ? "one without a name" : "`\($0)`" }.joined(separator: ", ")
            throw StartupAnalysisError(.unknownName, "the log shows starts of \(known); choose one by --name")
        }
        let starts = found.filter { $0.service == name }.map(\.start)
        guard !starts.contains(where: { $0.handler == "GRPC" }) else {
            throw StartupAnalysisError(
                .badValue,
                "a line of a gRPC probe does not say which service is asked about, and how Cloud Run writes one is "
                    + "unverified: record starts with coldstart run --report-dir"
            )
        }
        let questions = starts.map(Self.question)
            .reduce(into: [ProbeHandler]()) { if !$0.contains($1) { $0.append($1) } }
        guard questions.count == 1 else {
            let words = questions.map { [$0.logName, $0.path].compactMap(\.self).joined(separator: " ") }
            throw StartupAnalysisError(
                .badValue,
                "the starts were asked by different probes: \(words.joined(separator: ", ")); choose lines of one revision"
            )
        }
        let dated = starts.filter { $0.decidedAt != nil }
        guard !dated.isEmpty else {
            throw StartupAnalysisError(
                .empty,
                "no line says when an instance was started (Starting new instance), so that no start has a length"
            )
        }
        let isBehind = starts.contains(where: \.loadsBehindItsPort)
        let strategy: InitialisationStrategy = isBehind ? .progressive : .blocking
        self.init(
            seconds: dated.filter(\.hasPassed).compactMap(\.decidedAt),
            ended: dated.count { !$0.hasPassed },
            leftOut: starts.count - dated.count,
            strategy: strategy.rawValue,
            cpu: nil,
            handler: questions[0],
            scenario: name.isEmpty ? "service" : name,
            source: .log
        )
    }

    /// The question of the probe that decided a start; the port of the container is left to the configuration.
    private static func question(of start: ProbedStart) -> ProbeHandler {
        let port = start.port == PlatformProfile.cloudRun.containerPort ? nil : start.port
        return start.handler == "HTTP" ? .http(path: start.path ?? "/", port: port) : .tcp(port: port)
    }
}
