package import StartupAnalysis

extension ResultFindings {
    /// Takes what a sweep found.
    ///
    /// - Parameters:
    ///   - document: The sweep.
    ///   - exitCode: The exit code of the command.
    ///   - seconds: The real time that it took.
    package init(_ document: SurvivalDocument, exitCode: Int32, seconds: Double) {
        self.init(
            command: "sweep",
            tool: document.toolVersion,
            subject: document.scenario,
            scope: [document.scenario, "\(document.seed) \(document.startsEach)"]
                + document.axes.map { "\($0.name) \($0.count) \($0.first) \($0.last)" },
            units: document.combinations,
            exitCode: exitCode,
            seconds: seconds
        )
        let started = document.started
        let share = started > 0 ? Double(document.survived) / Double(started) : nil
        add("survival", of: document.scenario, share, samples: started)
        for (name, count, total) in [
            ("survivingCombinations", document.survivingCombinations, document.combinations),
            ("survivingPolicies", document.survivingPolicies, document.admittedPolicies),
        ] {
            add(name, of: document.scenario, Double(count), samples: total)
        }
    }
}
