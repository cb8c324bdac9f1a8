import Reports

/// What a command found, as the store keeps it: verdicts and figures, without rankings, rows or timelines.
package struct ResultFindings: Hashable, Sendable {
    /// What a check said.
    package struct Verdict: Hashable, Sendable, Encodable {
        /// What it is about: a scenario, a list and slice of a comparison, a bundle.
        package var subject: String
        /// The check, or the limit in words.
        package var check: String
        /// `passed`, `failed`, `inconclusive`, or what else the command's report calls it.
        package var outcome: String
        /// What was found, in one sentence.
        package var message: String
    }

    /// A figure.
    package struct Metric: Hashable, Sendable, Encodable {
        /// What it was measured of: a scenario, a list (`svd`, `p5`, `display`), a check.
        package var subject: String
        /// The part of it: a slice of sessions; empty for the whole of what has no slices.
        package var part = ""
        /// The figure's name, such as `start` or `nDCG@10`.
        package var name: String
        /// The value; times are in seconds.
        package var value: Double
        /// The lower end of the value's interval.
        package var low: Double?
        /// The upper end of the value's interval.
        package var high: Double?
        /// How many sessions, starts or comparisons it was made of.
        package var samples: Int?
        /// Whether it is the time that this machine took, which is no part of what was found.
        package var isCost = false
    }

    /// The command, such as `run`.
    package var command: String
    /// The version of Coldstart.
    package var tool: String
    /// The SHA-256 of the model's files: what stands for the model.
    package var fingerprints: Set<String> = []
    /// What it was about, for a list: a scenario, two bundles.
    package var subject: String
    /// What it was about, in full, with all that tells one work from another.
    package var scope: [String] = []
    /// How many scenarios, sessions, checks or combinations it has.
    package var units: Int
    /// What the checks said.
    package var verdicts: [Verdict] = []
    /// The figures.
    package var metrics: [Metric] = []
    /// The exit code; `nil` where only the whole work has one.
    package var exitCode: Int32?
    /// The real time that it took.
    package var seconds: Double?
}

extension ResultFindings {
    /// Takes what is known of a work before its shards are put together: no figures yet.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - subject: What it is about.
    ///   - fingerprints: The SHA-256 of the model's files.
    ///   - tool: The version of Coldstart.
    package init(_ command: String, of subject: String, fingerprints: Set<String>, tool: String) {
        self.init(command: command, tool: tool, fingerprints: fingerprints, subject: subject, units: 0)
    }

    /// Adds a figure where there is a value.
    mutating func add(_ name: String, of subject: String, _ value: Double?, samples: Int? = nil, isCost: Bool = false) {
        guard let value else { return }
        metrics.append(Metric(subject: subject, name: name, value: value, samples: samples, isCost: isCost))
    }
}
