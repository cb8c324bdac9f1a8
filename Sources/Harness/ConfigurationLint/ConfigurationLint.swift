/// Checks configurations of probes: text in, findings out.
///
/// What starts the containers is told by the text (``LintPlatform``), what language it is by its name or its content
/// (``ConfigurationFormat``). Nothing is fetched and nothing run; values that are not in the text are said to be unknown.
package struct ConfigurationLint: Sendable {
    /// The platform, where the text is not to tell.
    package var platform: LintPlatform?
    /// What recorded starts say about the program.
    package var measured: MeasuredStart?

    /// Creates a linter.
    package init(platform: LintPlatform? = nil, measured: MeasuredStart? = nil) {
        self.platform = platform
        self.measured = measured
    }

    /// A file to be checked.
    package struct Input: Sendable {
        /// The path, for messages and to tell the format.
        package let path: String
        /// What is in it.
        package let bytes: [UInt8]
        /// The format; `nil` for what cannot be told.
        package let format: ConfigurationFormat?

        /// Creates an input whose format is told by its name and content.
        package init(path: String, bytes: [UInt8]) {
            self.init(path: path, bytes: bytes, format: ConfigurationFormat(path: path, bytes: bytes))
        }

        /// Creates an input of a format.
        package init(path: String, bytes: [UInt8], format: ConfigurationFormat?) {
            self.path = path
            self.bytes = bytes
            self.format = format
        }
    }

    /// What was found in a file.
    package struct Result: Hashable, Sendable {
        /// The path.
        package let path: String
        /// The findings in the order of their places.
        package var findings: [LintFinding] = []
        /// What comments keep from being reported.
        package var suppressed: [SuppressedFinding] = []
        /// How many workloads were looked at.
        package var workloads = 0
        /// The platforms that were guessed, for the file does not name them.
        package var guessedPlatforms: [LintPlatform] = []
    }

    /// Returns what is found in one text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - format: Its language.
    ///   - path: What findings call it.
    /// - Returns: The findings, also those that comments suppress.
    /// - Complexity: O(*n*) in the length of the text.
    package func result(of text: String, format: ConfigurationFormat, path: String = "-") -> Result {
        results(ofGroup: [Input(path: path, bytes: Array(text.utf8), format: format)])[0]
    }

    /// Returns what is found in files, in their order.
    ///
    /// Terraform files of one folder are one module: variables and locals of each count in all of them. Groups are looked
    /// at side by side.
    ///
    /// - Complexity: O(*n*) in the length of all files.
    package func results(of inputs: [Input]) async -> [Result] {
        var ordered = inputs.map { Result(path: $0.path) }
        await withTaskGroup(of: (places: [Int], results: [Result]).self) { group in
            for places in Self.groups(of: inputs) {
                let part = places.map { inputs[$0] }
                group.addTask { (places, results(ofGroup: part)) }
            }
            for await part in group {
                for (place, result) in zip(part.places, part.results) { ordered[place] = result }
            }
        }
        return ordered
    }

    /// Returns the places of inputs that belong together: a folder's Terraform files, and several of the others.
    private static func groups(of inputs: [Input]) -> [[Int]] {
        var modules: [Substring: [Int]] = [:]
        var others: [Int] = []
        for (place, input) in inputs.enumerated() {
            switch input.format {
            case .terraform, .terraformJSON, .terraformValues:
                let folder = input.path.lastIndex(of: "/").map { input.path[..<$0] } ?? ""
                modules[folder, default: []].append(place)
            case .yaml, .script, nil: others.append(place)
            }
        }
        // A task for each file would cost more than the file.
        let size = 16
        let parts = stride(from: 0, to: others.count, by: size)
            .map { Array(others[$0..<min(others.count, $0 + size)]) }
        return modules.values + parts
    }

    private func results(ofGroup inputs: [Input]) -> [Result] {
        let module = TerraformFiles(inputs)
        return inputs.map { input in
            var reading = FileReading(SourceFile(path: input.path, bytes: input.bytes), platform)
            switch input.format {
            case .yaml: reading.readYAML()
            case .script: reading.readScript()
            case .terraform: reading.readTerraform(module)
            case .terraformJSON: reading.readTerraformJSON(module)
            case .terraformValues, nil: break
            }
            return reading.result(measured: measured)
        }
    }
}
