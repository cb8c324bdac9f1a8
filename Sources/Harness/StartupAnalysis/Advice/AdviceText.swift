import ContainerPlatform
import Domain
package import Reports

/// Advice for people: the probe, what it rests on, what it costs and what it assumes.
package struct AdviceText: Sendable {
    private let advice: ProbeAdvice

    /// Creates the text of advice.
    package init(_ advice: ProbeAdvice) { self.advice = advice }

    /// The lines, none wider than so many columns.
    package func lines(width: Int) -> [StyledLine] {
        var heading = StyledLine(advice.recorded.scenario, .strong)
        heading.append("  \(source)", .faint)
        let facts = [
            ("rests on", basis), ("waits", wait), ("probe", numbers), ("price", price), ("survives", survival),
            ("assumes", assumption),
        ]
        let lines = facts.flatMap { name, text in
            StyledLine.wrapping(text, columns: max(20, width - 12)).enumerated()
                .map { index, line in
                    var whole = StyledLine("  " + (index == 0 ? name : ""), .faint)
                    whole.pad(to: 12)
                    whole.append(line)
                    return whole
                }
        }
        return [heading, StyledLine("")] + lines
            + notes.map { StyledLine("  " + $0, .doubtful) }
            .flatMap { $0.broken(toColumns: max(8, width)) }
    }

    private var recorded: RecordedReadiness { advice.recorded }

    private var source: String {
        let starts = Figures.count(recorded.count, "recorded start")
        switch recorded.source {
        case .log: return starts + " of a log"
        case .kubernetes: return starts + " of pods"
        case .runs: break
        }
        if recorded.simulated == recorded.count { return starts + ", simulated" }
        guard recorded.speed != 1 else { return starts + " of a real process" }
        return starts + " of a real process, \(Figures.fixed(recorded.speed, decimals: 1)) times as fast"
    }

    private var basis: String {
        let bound = advice.request.bound
        let ended = recorded.ended > 0 ? "; \(recorded.ended) ended before" : ""
        let passed = recorded.source == .runs ? "could pass" : "passed"
        return
            "the probe \(passed) after \(seconds(recorded.seconds[(recorded.seconds.count - 1) / 2])) in half of the "
            + "starts and \(seconds(recorded.seconds.last ?? 0)) at most\(ended); "
            + "the quantile \(plain(bound.quantile)) is below "
            + "\(seconds(advice.bounding)) with a confidence of \(plain(bound.confidence))"
    }

    private var wait: String {
        "\(advice.needed) s: that times \(plain(advice.request.margin)), rounded up"
    }

    private var numbers: String {
        let probe = advice.probe
        return
            "\(probe.handler.logName)\((probe.handler.path ?? probe.handler.service).map { " " + $0 } ?? ""), "
            + "delay \(probe.initialDelay.secondsText), timeout \(probe.timeout.secondsText), period \(probe.period.secondsText), "
            + "threshold \(probe.failureThreshold)"
    }

    private var price: String {
        let price = advice.price
        return
            "notices \(seconds(price.meanLag)) late on average, \(seconds(price.longestLag)) at most; "
            + "first request after \(seconds(price.medianAnswer)) in half of the starts, \(seconds(price.lastAnswer)) at most; "
            + "a start that never becomes ready is given up after \(seconds(price.patience)) at most"
    }

    private var survival: String {
        "\(advice.price.survived) of the \(recorded.seconds.count) recorded starts that came so far"
    }

    private var assumption: String {
        let always = advice.needsCPUAlways ? ", with CPU always on" : ""
        let why: String =
            switch recorded.strategy {
            case "blocking": "nothing listens before everything is loaded, so that the probe sees the whole load"
            case "progressive":
                "the probe passes before anything is loaded, which goes on behind it; without CPU between "
                    + "requests it would starve"
            case "gated":
                "the probe passes before anything is loaded, and requests get 503 until SVD is; without CPU "
                    + "between requests the load would starve"
            case "lazy":
                "P5 is loaded behind the first request that wants it, which needs CPU between requests"
            default: "what was recorded is what is deployed"
            }
        return "the strategy \(recorded.strategy)\(always): \(why)"
    }

    private var notes: [String] {
        var notes: [String] = []
        let probe = advice.probe
        if probe.initialDelay > .zero, let limit = advice.request.limit.seconds {
            notes.append(
                "the product is at the limit of \(limit) s; the delay before it is not part of it, "
                    + "by what was seen deployed"
            )
        }
        let most = max(probe.initialDelay, probe.period, probe.timeout, probe.budget)
        if advice.request.limit == .current || advice.request.limit == .gpu, most > .seconds(240) {
            notes.append("above 240 s: accepted only where the raised limit is live; older documents say 240 s")
        }
        switch recorded.source {
        case .log:
            notes.append(
                "a log says when the probe passed, up to one period later than it could have, and not which CPU the "
                    + "instances got: the configuration leaves it as it is"
            )
            notes.append(
                "the strategy is what the stages in the log look like; a log without stages says nothing of it"
            )
        case .kubernetes:
            notes.append(
                "a pod says when it was last found ready, in whole seconds: up to one period of its probes later than "
                    + "it could have been, and far later where it was unready in between"
            )
            notes.append("the strategy is a guess: a status says nothing of stages")
        case .runs: break
        }
        if recorded.leftOut > 0 {
            let missing = recorded.source == .kubernetes ? "a moment of its readiness" : "a line of its beginning"
            notes.append("\(Figures.count(recorded.leftOut, "start")) without \(missing) left out")
        }
        if recorded.simulated > 0 {
            notes.append(
                "\(recorded.simulated) of the starts were simulated: as good as the durations that the scenario states"
            )
        }
        return notes
    }

    private func seconds(_ seconds: Double) -> String { Figures.fixed(seconds, decimals: 1) + " s" }

    private func plain(_ number: Double) -> String { "\(number)" }
}
