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
        /// Whether nobody named the file: it belongs to a module that a named one calls.
        package var isFollowed = false

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
        /// The calls of modules that are not among the files.
        package var notFollowed: [NotFollowed] = []
        /// Whether nobody named the file.
        package var isFollowed = false
    }

    /// A call of a Terraform module whose files are not there to be looked at.
    package struct NotFollowed: Hashable, Sendable, Encodable {
        /// The name of the call.
        package let module: String
        /// Where the call stands.
        package let file: String
        package let line: Int
        /// Why it is not followed.
        package let reason: String
    }

    /// Returns the folders of the modules that files call and of which no file is among them.
    ///
    /// - Complexity: O(*n*) in the length of all files.
    package static func missingModuleFolders(of inputs: [Input]) -> [String] {
        let terraform = inputs.filter { $0.format?.isTerraform ?? false }
        let known = Set(terraform.map { ModuleFolder.of($0.path) })
        var missing: [String] = []
        for folder in terraform.flatMap(ModuleFolder.called) where !known.contains(folder) {
            if !missing.contains(folder) { missing.append(folder) }
        }
        return missing
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
    /// Terraform files of one folder are one module: variables and locals of each count in all of them, and those of a module
    /// that another calls are what the call says. Groups are looked at side by side.
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

    /// Returns the places of inputs that belong together: the Terraform files of folders that call each other, and several
    /// of the others.
    private static func groups(of inputs: [Input]) -> [[Int]] {
        var modules: [String: [Int]] = [:]
        var others: [Int] = []
        // The folder under which a folder's files are gathered.
        var leaders: [String: String] = [:]
        func leader(of folder: String) -> String {
            var folder = folder
            while let next = leaders[folder] { folder = next }
            return folder
        }
        for input in inputs where input.format?.isTerraform ?? false {
            for called in ModuleFolder.called(by: input) {
                let (first, second) = (leader(of: ModuleFolder.of(input.path)), leader(of: called))
                if first != second { leaders[second] = first }
            }
        }
        for (place, input) in inputs.enumerated() {
            if input.format?.isTerraform ?? false {
                modules[leader(of: ModuleFolder.of(input.path)), default: []].append(place)
            } else {
                others.append(place)
            }
        }
        // A task for each file would cost more than the file.
        let size = 16
        let parts = stride(from: 0, to: others.count, by: size)
            .map { Array(others[$0..<min(others.count, $0 + size)]) }
        return modules.values + parts
    }

    private func results(ofGroup inputs: [Input]) -> [Result] {
        let modules = TerraformModules(inputs)
        return inputs.map { input in
            var reading = FileReading(SourceFile(path: input.path, bytes: input.bytes), platform)
            switch input.format {
            case .yaml: reading.readYAML()
            case .script: reading.readScript()
            case .terraform: reading.readTerraform(modules)
            case .terraformJSON: reading.readTerraformJSON(modules)
            case .terraformValues, nil: break
            }
            var result = reading.result(measured: measured)
            result.notFollowed = modules.notFollowed[input.path] ?? []
            result.isFollowed = input.isFollowed
            return result
        }
    }
}
