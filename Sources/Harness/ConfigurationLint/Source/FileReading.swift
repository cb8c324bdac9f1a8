import HCLSyntax

/// The reading of one file: its workloads, and what is found while reading.
struct FileReading {
    let file: SourceFile
    /// The platform that a person named.
    let platform: LintPlatform?
    private var workloads: [Workload] = []
    private var collector: FindingCollector

    init(_ file: SourceFile, _ platform: LintPlatform?) {
        self.file = file
        self.platform = platform
        collector = FindingCollector(file: file)
    }

    /// Applies the rules and returns what was found.
    func result(measured: MeasuredStart?) -> ConfigurationLint.Result {
        var collector = collector
        for workload in workloads { collector.look(at: workload, measured: measured) }
        let (findings, suppressed) = collector.findings()
        let guessed = LintPlatform.allCases.filter { platform in
            workloads.contains { $0.platform == platform && $0.isPlatformGuessed }
        }
        return ConfigurationLint.Result(
            path: file.path,
            findings: findings,
            suppressed: suppressed,
            workloads: workloads.count,
            guessedPlatforms: guessed
        )
    }

    // MARK: YAML and scripts

    /// Reads every document of a YAML or JSON file.
    mutating func readYAML() {
        for document in YAMLReader.documents(in: file, file.content) { read(document) }
    }

    private mutating func read(_ document: YAMLDocument) {
        let templates = document.templates
        if let problem = document.syntaxProblem {
            if let template = templates.first {
                addTemplate(template.range)
            } else {
                collector.add(
                    FindingDraft(problem.offset..<problem.offset, "not well-formed: \(problem.message)"),
                    of: "P7"
                )
            }
            return
        }
        guard let root = document.root else { return }
        // Branches of a template write a key each.
        for entry in document.repeatedKeys where templates.isEmpty {
            collector.add(
                FindingDraft(entry.keyRange, "\(entry.key) is given more than once here; the last one counts, or none"),
                of: "P2"
            )
        }
        let reader = ManifestReader(file: file, chosen: platform, templates: templates)
        if case .workloads(let found) = reader.content(of: root) {
            workloads += found
            addTemplates(templates, found)
        }
        if ScriptReader.mayDeploy(file.bytes[document.range]) {
            workloads += ScriptReader(file: file).workloads(in: document)
        }
        for text in document.embedded where text.style == .literal { readEmbedded(text.range) }
    }

    /// Reads manifests in a text of several lines, such as kustomize's patches.
    private mutating func readEmbedded(_ range: Range<Int>) {
        guard file.bytes[range].firstRange(of: Array("Probe".utf8)) != nil else { return }
        let lines = file.nextLine(after: range.lowerBound)
        guard lines < range.upperBound else { return }
        for document in YAMLReader.documents(in: file, lines..<range.upperBound) where document.syntaxProblem == nil {
            read(document)
        }
    }

    private mutating func addTemplate(_ range: Range<Int>) {
        collector.add(
            FindingDraft(range, "a template: what it writes here is not known; render it first, then lint the result"),
            of: "P8"
        )
    }

    /// Says that a document is a template, and which of its probes the engine writes.
    private mutating func addTemplates(_ templates: [Placeholder], _ workloads: [Workload]) {
        let inProbes = workloads.flatMap(\.containers).flatMap(\.probes).compactMap(\.template)
        // Braces in quotes alone may be for another program that reads the text later.
        if let first = templates.first, !inProbes.isEmpty || templates.contains(where: { !isQuoted($0.range) }) {
            addTemplate(first.range)
        }
        for range in inProbes { addTemplate(range) }
    }

    /// Whether a quote is open before a place of its line.
    private func isQuoted(_ range: Range<Int>) -> Bool {
        let line = file.rangeOfLine(file.line(of: range.lowerBound))
        let quotes = file.bytes[line.lowerBound..<range.lowerBound]
            .count { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        return quotes % 2 == 1
    }

    /// Reads the commands of a script.
    mutating func readScript() {
        guard ScriptReader.mayHoldCommands(file.bytes) else { return }
        workloads += ScriptReader(file: file).workloads(in: MappedText(file, file.content))
    }

    // MARK: Terraform

    /// Reads a file of Terraform's language with the values of its module.
    mutating func readTerraform(_ modules: TerraformModules) {
        guard let hcl = modules.files(around: file.path)?.parsed[file.path] else { return }
        if let problem = hcl.problems.first {
            // What follows is mostly a consequence.
            let more = hcl.problems.count > 1 ? "; \(hcl.problems.count - 1) more below" : ""
            collector.add(FindingDraft(problem.offset..<problem.offset, problem.message + more), of: "P7")
        }
        addWorkloads(of: modules)
        for range in TerraformWorkloads.repeatedAttributes(in: hcl.body) {
            collector.add(
                FindingDraft(range, "\(file.text(range)) is given more than once in this block; Terraform refuses it"),
                of: "P2"
            )
        }
        for text in TerraformWorkloads.texts(in: hcl.body) where text.range.count > 16 { readText(text) }
    }

    /// Reads commands and manifests in a text of Terraform.
    private mutating func readText(_ text: HCLExpression) {
        let bytes = file.bytes[text.range]
        if bytes.first == UInt8(ascii: "<") {
            let start = file.nextLine(after: text.range.lowerBound)
            let end = file.rangeOfLine(file.line(of: text.range.upperBound - 1)).lowerBound
            guard start < end else { return }
            if ScriptReader.mayHoldCommands(bytes) {
                workloads += ScriptReader(file: file).workloads(in: MappedText(file, start..<end))
            } else if bytes.firstRange(of: Array("apiVersion:".utf8)) != nil {
                for document in YAMLReader.documents(in: file, start..<end) { read(document) }
            }
        } else if ScriptReader.mayHoldCommands(bytes) {
            let mapped = MappedText(scalar: file, text.range, style: .doubleQuoted)
            workloads += ScriptReader(file: file).workloads(in: mapped)
        }
    }

    /// Reads a file of Terraform's JSON with the values of its module.
    mutating func readTerraformJSON(_ modules: TerraformModules) {
        guard let document = modules.files(around: file.path)?.documents[file.path] else { return }
        if let problem = document.syntaxProblem {
            collector.add(
                FindingDraft(problem.offset..<problem.offset, "not well-formed: \(problem.message)"),
                of: "P7"
            )
        }
        guard document.root != nil else { return }
        for entry in document.repeatedKeys {
            collector.add(FindingDraft(entry.keyRange, "\(entry.key) is given more than once here"), of: "P2")
        }
        addWorkloads(of: modules)
    }

    /// Adds what the file describes, once for each call of its module.
    private mutating func addWorkloads(of modules: TerraformModules) {
        let reader = TerraformWorkloads(file: file, platform: platform)
        for sight in modules.sights where sight.path == file.path {
            workloads += reader.workloads(of: sight.blocks)
                .map { workload in
                    var workload = workload
                    workload.call = sight.call
                    return workload
                }
        }
    }
}
