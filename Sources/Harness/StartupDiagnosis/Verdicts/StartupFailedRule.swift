import Domain

extension VerdictRule {
    /// Cloud Run says that the startup probe failed, and nothing else ended the container.
    static let startupFailed: VerdictRule = VerdictRule(name: "startup probe of Cloud Run") { subject in
        guard let tally = subject.record[.startupFailed] ?? subject[.startupFailed] else { return nil }
        let failed = tally.last
        let probe = ProbeSentence(failed.text)
        let answered = subject[.probeAnswered]?.last
        let answer = probe.answer ?? answered.flatMap { ProbeSentence($0.text).answer }
        var verdict = Verdict(
            word: .startupProbeFailed,
            certainty: .certain,
            cause: "\(probe.described(as: "startup")) failed"
                + (probe.attempts.map { " \($0) \($0 == 1 ? "time" : "times") in a row" } ?? ""),
            evidence: subject.evidence(failed)
        )
        verdict.evidence += subject.evidence(answered)
        switch (answer, probe.status) {
        case (let answer?, _):
            verdict.cause += ": the last attempt was answered with \(answer)"
        case (_, "DEADLINE_EXCEEDED"?):
            verdict.cause += ": nothing accepted a connection on the port" + waited(subject, until: failed)
        case (_, "ERROR_CONNECTION_FAILED"?):
            verdict.cause += ": the connection was refused at the last attempt" + waited(subject, until: failed)
        case (_, "CANCELLED"?):
            verdict.cause += ": the container ended while it was asked; how, these lines do not say"
            verdict.decide.append(NextLook.revisionLog)
        case (_, let status?):
            verdict.cause += " with status \(status)"
        case (nil, nil):
            verdict.cause += "; the line does not say what the last attempt saw"
            verdict.decide.append("the whole payload: the status or the answer stands in its next sentence or line")
        }
        if probe.handler == "GRPC" {
            verdict.against.append("the wording of this line for gRPC has not been verified")
        }
        if probe.status == "DEADLINE_EXCEEDED" || probe.status == "ERROR_CONNECTION_FAILED" {
            explainSilence(&verdict, probe, failed, subject)
        }
        if tally.count > 1 { verdict.against.append("the input shows \(tally.count) such failures") }
        return verdict
    }

    private static func waited(_ subject: SubjectCase, until failed: Fact) -> String {
        guard let start = subject.record[.instanceStarting]?.last.time, let end = failed.time, end > start else {
            return ""
        }
        let seconds = Double(end.microseconds - start.microseconds) / 1e6
        return ", \((seconds * 100).rounded() / 100) s after the instance was started"
    }

    /// Looks in the program's own lines for why nothing listened where the probe asked.
    private static func explainSilence(
        _ verdict: inout Verdict,
        _ probe: ProbeSentence,
        _ failed: Fact,
        _ subject: SubjectCase
    ) {
        if let listening = subject.record[.listening]?.last {
            let line = ListeningLine(listening)
            guard let port = line.port else {
                verdict.evidence += subject.evidence(listening)
                verdict.against.append("the program says that it is up, without a port")
                verdict.decide.append("which port and address the program listens on")
                return
            }
            verdict.evidence += subject.evidence(listening, atFirstOf: ["0.0.0.0:", "127.0.0.1:", "localhost:"])
            if let asked = probe.port, port != asked {
                verdict.cause += "; the program listens on port \(port), and the probe asks port \(asked)"
            } else if line.isLoopback {
                verdict.cause += "; the program listens on the loopback address alone, which the probe does not ask"
            } else {
                verdict.against.append("the program says that it listens on port \(port), which the probe asks")
                verdict.decide.append("whether that line came before the last attempt, and the address it listens on")
            }
            return
        }
        if let outgoing = subject.record[.outgoingFailure]?.last, subject.isBefore(outgoing, failed) != false {
            verdict.evidence += subject.evidence(outgoing)
            verdict.against.append(
                "the program's last lines are about a call of its own to something else; that it waits for this before it "
                    + "listens is likely, and not shown"
            )
            verdict.decide.append("whether the program listens before that call is answered")
            return
        }
        verdict.decide.append("whether and where the program listens: its own line about that is not in the input")
    }
}
