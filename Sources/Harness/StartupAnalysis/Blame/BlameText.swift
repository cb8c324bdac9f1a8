package import Reports

/// A start taken apart, for people: its picture, its stages by time, and the chain to its decisive moments.
package struct BlameText: Sendable {
    private let blame: StartBlame

    /// Creates the text of a start.
    package init(_ blame: StartBlame) { self.blame = blame }

    /// The lines, none wider than so many columns.
    package func lines(width: Int) -> [StyledLine] {
        // What comes long after the start would leave it no room.
        let end = 1.25 * max(blame.end, blame.report.startup?.at ?? 0)
        let picture = StartupPicture(blame.report.timeline(with: blame.spans, until: end), width: width - 2)
        var lines = [heading]
        let drawn = picture.lines
        if !drawn.isEmpty { lines += [StyledLine("")] + drawn.map { $0.indented(by: 2) } }
        lines += [StyledLine("")] + table(width)
        for chain in CriticalChain.all(of: blame) { lines += [StyledLine("")] + self.lines(of: chain) }
        if !blame.gaps.isEmpty { lines += [StyledLine("")] + gaps }
        return lines.flatMap { $0.broken(toColumns: max(8, width)) }
    }

    private var heading: StyledLine {
        var line = StyledLine(blame.report.name, .strong)
        var facts = [blame.report.setup.strategy, blame.report.startup?.outcome ?? "undecided"]
        if let speed = blame.report.process?.speed {
            facts.append(
                speed == 1 ? "a real process" : "a real process, \(Figures.fixed(speed, decimals: 1)) times as fast"
            )
        } else {
            facts.append("simulated")
        }
        line.append("  " + facts.joined(separator: " · "), .faint)
        return line
    }

    private func table(_ width: Int) -> [StyledLine] {
        let starves = blame.spans.contains { $0.withoutCPU > 0 }
        var table = TextTable(
            columns: [
                TextTable.Column("stage", isFlexible: true), TextTable.Column("took", .right),
                TextTable.Column("CPU", .right), TextTable.Column("waited", .right),
            ] + (starves ? [TextTable.Column("without CPU", .right)] : []) + [TextTable.Column("")]
        )
        for span in blame.byTime {
            var cells = [
                StyledLine(span.name), StyledLine(seconds(span.elapsed)), StyledLine(span.cpu.map(seconds) ?? "–"),
                StyledLine(span.waited.map(seconds) ?? "–", isMostlyWait(span) ? .doubtful : .plain),
            ]
            if starves { cells.append(StyledLine(span.withoutCPU > 0 ? seconds(span.withoutCPU) : "–")) }
            cells.append(span.kind == .unfinished ? StyledLine("not finished", .bad) : StyledLine())
            table.append(cells)
        }
        return table.lines(width: width - 2).map { $0.indented(by: 2) }
    }

    private func isMostlyWait(_ span: StartSpan) -> Bool { (span.waited ?? 0) > span.elapsed / 2 }

    private func lines(of chain: CriticalChain) -> [StyledLine] {
        var line = StyledLine("  \(chain.moment) ", .strong)
        line.append("@\(seconds(chain.at))")
        var lines = [line]
        for (depth, link) in chain.links.enumerated() {
            // Deeper links stand under one another, so that a long chain fits.
            var line = StyledLine(String(repeating: " ", count: 2 + min(2 * depth, 24)) + "└─", .faint)
            line.append("\(link.name) @\(seconds(link.at)) ")
            line.append("+\(seconds(link.took))", .doubtful)
            lines.append(line)
        }
        return lines
    }

    private var gaps: [StyledLine] {
        blame.gaps.map { gap in
            StyledLine(
                "  unattributed: \(seconds(gap.to - gap.from)) \(gap.place), "
                    + "from \(seconds(gap.from)) to \(seconds(gap.to))"
                    + (gap.mayBeLateness ? "; perhaps only because the machine was busy" : ""),
                gap.mayBeLateness ? .doubtful : .bad
            )
        }
    }

    private func seconds(_ seconds: Double) -> String { Figures.fixed(seconds, decimals: 3) + " s" }
}

extension ScenarioReport {
    /// The timeline with every part of the start in it, up to a moment and without requests.
    ///
    /// Those parts are included that the report has no entry for.
    func timeline(with spans: [StartSpan], until end: Double) -> [TimelineReport] {
        let known = Set(timeline.filter { $0.kind == .stage }.map(\.name))
        let missing = spans.filter { !known.contains($0.name) && $0.kind != .waitsForRequest }
            .map { TimelineReport(stage: $0.name, from: $0.from, to: $0.to, isFinished: $0.kind == .stage) }
        let all = (timeline + missing).filter { $0.at <= end && $0.kind != .request }
            .map { entry in
                var entry = entry
                entry.until = entry.until.map { min($0, end) }
                return entry
            }
        return all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}
