import ContainerPlatform
import Domain
package import Reports

/// What a sweep came to, for people.
package struct SurvivalText: Sendable {
    private let survey: SurvivalSurvey
    private let document: SurvivalDocument
    private let seconds: Double

    /// Creates the text of a survey.
    ///
    /// - Parameters:
    ///   - survey: What the sweep came to.
    ///   - document: The same as a document.
    ///   - seconds: The real time that the sweep took.
    package init(_ survey: SurvivalSurvey, _ document: SurvivalDocument, seconds: Double) {
        self.survey = survey
        self.document = document
        self.seconds = seconds
    }

    /// The lines, none wider than so many columns.
    package func lines(width: Int) -> [StyledLine] {
        var lines = heading
        if !survey.probabilities.isEmpty { lines += [StyledLine("")] + probabilities(width) }
        if let cliffs = document.cliffs { lines += [StyledLine("")] + table(of: cliffs, width) }
        return (lines + [StyledLine("")] + policies(width) + [StyledLine("")] + closing)
            .flatMap { $0.broken(toColumns: max(8, width)) }
    }

    private var heading: [StyledLine] {
        var lines = [StyledLine(document.scenario, .strong)]
        for axis in survey.grid.axes {
            let range: String =
                switch axis.values {
                case .listed(let values):
                    values.count == 1 ? axis.text(at: 0) : "\(axis.text(at: 0)) to \(axis.text(at: axis.count - 1))"
                case .measured(let starts): "drawn from \(Figures.count(starts.starts.count, "recorded start"))"
                }
            var line = StyledLine("  \(axis.parameter.name)  \(range)")
            if axis.count > 2 { line.append("  \(Figures.grouped(axis.count)) values", .faint) }
            lines.append(line)
        }
        return lines
    }

    private func table(of cliffs: SurvivalDocument.Cliffs, _ width: Int) -> [StyledLine] {
        let columns = cliffs.columnAxis == nil ? [""] : cliffs.columns
        let across = cliffs.columnAxis.map { ", across by \($0)" } ?? ""
        var table = TextTable(
            columns: cliffs.rowAxes.map { TextTable.Column($0, .right, isFlexible: true) }
                + columns.map { TextTable.Column($0, isFlexible: true) },
            cutting: .widest
        )
        for row in cliffs.rows {
            table.append(
                row.values.map { StyledLine($0) }
                    + row.cliffs.map { text in
                        StyledLine(text, text == "none" ? .bad : text == "all" ? .good : .plain)
                    }
            )
        }
        var lines =
            [StyledLine("which \(cliffs.axis) survives\(across)", .strong)]
            + table.lines(width: width - 2).map { $0.indented(by: 2) }
        if cliffs.rows.count < cliffs.rowCount {
            lines.append(
                StyledLine("  \(cliffs.rows.count) of \(Figures.grouped(cliffs.rowCount)) rows; --csv has all", .faint)
            )
        }
        if cliffs.unsteady > 0 {
            let count = Figures.count(cliffs.unsteady, "row")
            lines.append(StyledLine("  in \(count) survival comes and goes along \(cliffs.axis)", .doubtful))
        }
        return lines
    }

    private func probabilities(_ width: Int) -> [StyledLine] {
        var table = TextTable(
            columns: survey.grid.axes.map { TextTable.Column($0.parameter.name, .right, isFlexible: true) } + [
                TextTable.Column("survived", .right), TextTable.Column("of", .right), TextTable.Column("share", .right),
                TextTable.Column("95 % interval", .right),
            ],
            cutting: .widest
        )
        for row in document.probabilities {
            var cells = row.values.map { StyledLine($0) }
            if let share = row.share, let lower = row.lower, let upper = row.upper {
                cells += [
                    StyledLine(Figures.grouped(row.survived)), StyledLine(Figures.grouped(row.starts)),
                    StyledLine(percent(share)), StyledLine("\(percent(lower)) to \(percent(upper))"),
                ]
            } else {
                cells += [StyledLine("refused", .faint), StyledLine(), StyledLine(), StyledLine()]
            }
            table.append(cells)
        }
        var lines =
            [StyledLine("probability of survival", .strong)] + table.lines(width: width - 2).map { $0.indented(by: 2) }
        if document.probabilities.count < document.combinations {
            let all = Figures.grouped(document.combinations)
            lines.append(StyledLine("  \(document.probabilities.count) of \(all) combinations; --csv has all", .faint))
        }
        return lines
    }

    private func policies(_ width: Int) -> [StyledLine] {
        let every =
            survey.grid.conditions > 1 ? "every one of \(Figures.grouped(survey.grid.conditions)) conditions" : "this"
        guard !document.policies.isEmpty else { return withoutPolicy(every) }
        var table = TextTable(columns: [
            TextTable.Column("cpu", .right), TextTable.Column("delay", .right), TextTable.Column("period", .right),
            TextTable.Column("timeout", .right), TextTable.Column("threshold", .right),
            TextTable.Column("gives up after", .right), TextTable.Column("lag, mean", .right),
            TextTable.Column("longest", .right),
        ])
        for policy in document.policies {
            let cells = [
                plain(policy.cpu) + (variesBoost ? policy.startupBoost ? " boosted" : " plain" : ""),
                plain(policy.initialDelaySeconds), plain(policy.periodSeconds),
                plain(policy.timeoutSeconds), String(policy.failureThreshold), plain(policy.patience) + " s",
                Figures.fixed(policy.meanLag, decimals: 1) + " s", Figures.fixed(policy.longestLag, decimals: 1) + " s",
            ]
            table.append(cells.map { StyledLine($0) })
        }
        return [StyledLine("least policy that survives \(every)", .strong)]
            + table.lines(width: width - 2).map { $0.indented(by: 2) }
            + [
                StyledLine(
                    "  \(Figures.grouped(document.survivingPolicies)) of "
                        + "\(Figures.grouped(document.admittedPolicies)) policies survive; least: "
                        + (document.restarts == nil ? "" : "fewest restarts, ")
                        + "gives up soonest, then notices soonest",
                    .faint
                )
            ] + restartedPolicies
    }

    private var restartedPolicies: [StyledLine] {
        document.policies.filter { $0.restarted ?? 0 > 0 }
            .map { policy in
                let count = Figures.count(policy.restarted ?? 0, "start")
                return StyledLine("  with \(plain(policy.cpu)) vCPU \(count) only after a restart", .doubtful)
            }
    }

    private var variesBoost: Bool { survey.grid.axes.contains { $0.parameter == .startupBoost && $0.count > 1 } }

    private func withoutPolicy(_ every: String) -> [StyledLine] {
        var lines = [StyledLine("no policy survives \(every)", .bad)]
        if let nearest = survey.policies.nearest {
            lines.append(
                StyledLine(
                    "  nearest, with \(percent(nearest.share)) of them: delay \(nearest.probe.initialDelay.secondsText) "
                        + "period \(nearest.probe.period.secondsText) timeout \(nearest.probe.timeout.secondsText) "
                        + "threshold \(nearest.probe.failureThreshold), \(plain(nearest.cpu.limit)) vCPU"
                )
            )
        }
        return lines
    }

    private var closing: [StyledLine] {
        let rate = seconds > 0 ? Double(document.started) / seconds : 0
        var counts = "\(Figures.grouped(document.survived)) of \(Figures.grouped(document.started)) starts survive"
        if document.refused > 0 {
            counts +=
                "; the platform refuses \(Figures.grouped(document.refused)) of "
                + "\(Figures.grouped(document.combinations)) combinations"
                + (document.refusal.map { ", the first because " + $0 } ?? "")
        }
        return [
            StyledLine(counts),
            StyledLine(judged, .faint),
            StyledLine("\(Figures.wall(seconds)), \(Figures.grouped(Int(rate.rounded()))) starts a second", .faint),
        ]
    }

    /// What counts as surviving.
    private var judged: String {
        guard let restarts = document.restarts else {
            return "survives: the startup probe succeeded; a load that goes on behind it is not looked at"
        }
        return "survives: a life of the container became ready within \(plain(restarts.watch)) s; "
            + "\(Figures.grouped(document.survived - restarts.survived)) in the first life, "
            + "\(Figures.grouped(restarts.survived)) after a restart; what comes later is not looked at"
    }

    private func percent(_ share: Double) -> String { Figures.fixed(share * 100, decimals: 1) + " %" }

    private func plain(_ number: Double) -> String {
        number == number.rounded() ? Figures.fixed(number, decimals: 0) : Figures.fixed(number, decimals: 2)
    }
}
