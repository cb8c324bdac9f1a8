/// Finds commands of `gcloud run` in scripts, in texts of YAML and in the steps of workflows.
struct ScriptReader {
    let file: SourceFile

    private var reader: GcloudReader { GcloudReader(file: file) }

    /// Whether a text may hold such a command at all.
    static func mayHoldCommands(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.firstRange(of: Array("gcloud".utf8)) != nil
    }

    /// Whether a document may hold such a command, or a step that deploys without one.
    static func mayDeploy(_ bytes: some Collection<UInt8>) -> Bool {
        mayHoldCommands(bytes) || bytes.firstRange(of: Array("/deploy-cloudrun".utf8)) != nil
    }

    /// Returns the workloads of the commands in a script.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    func workloads(in text: MappedText) -> [Workload] {
        ShellReader.commands(in: text)
            .compactMap { words in
                guard let command = GcloudCommand(words), let first = words.first, let last = words.last else {
                    return nil
                }
                return reader.workload(command, range: first.start..<max(first.start, last.end))
            }
    }

    /// Returns the workloads of the commands in a document: in its texts, in its lists of words, and in the inputs of
    /// actions that deploy.
    func workloads(in document: YAMLDocument) -> [Workload] {
        let scripts = document.embedded.filter { text in Self.mayHoldCommands(file.bytes[text.range]) }
            .flatMap { text in workloads(in: MappedText(scalar: file, text.range, style: text.style)) }
        guard let root = document.root else { return scripts }
        return scripts + structured(root, document, depth: 0)
    }

    private func structured(_ node: ConfigurationNode, _ document: YAMLDocument, depth: Int) -> [Workload] {
        guard depth < 16 else { return [] }
        var found: [Workload] = []
        if let workload = action(node, document) { found.append(workload) }
        for entry in node.entries where entry.name == "args" {
            if let workload = listed(entry.value, beside: node) { found.append(workload) }
        }
        return found
            + (node.entries.map(\.value) + node.elements).flatMap { structured($0, document, depth: depth + 1) }
    }

    /// Returns the workload of a command whose words are elements of a list, as Cloud Build has them.
    private func listed(_ arguments: ConfigurationNode, beside step: ConfigurationNode) -> Workload? {
        let words = arguments.elements.map { element -> ShellWord in
            let isQuoted = element.range.first.map { "'\"".utf8.contains(file.bytes[$0]) } ?? false
            let inner = isQuoted ? element.range.dropFirst().dropLast() : element.range[...]
            return ShellWord(file, inner.startIndex..<inner.endIndex, start: element.range.lowerBound)
        }
        let isGcloud = [step["entrypoint"]?.text, step["name"]?.text].contains { $0?.hasSuffix("gcloud") ?? false }
        let command =
            words.first?.text == "run" && isGcloud
            ? GcloudCommand(after: Array(words.dropFirst())) : GcloudCommand(words)
        return command.flatMap { reader.workload($0, range: arguments.range) }
    }

    /// Returns the workload that the inputs of an action `…/deploy-cloudrun` describe.
    private func action(_ step: ConfigurationNode, _ document: YAMLDocument) -> Workload? {
        guard let uses = step["uses"]?.text, let inputs = step["with"],
            uses.split(separator: "@").first?.hasSuffix("/deploy-cloudrun") ?? false
        else { return nil }
        var flags: [GcloudCommand.Flag] = []
        if let value = inputs["flags"], let text = document.embedded.first(where: { $0.range == value.range }) {
            // The lines of the input are one command.
            let words = ShellReader.commands(in: MappedText(scalar: file, text.range, style: text.style)).flatMap { $0 }
            flags = GcloudCommand(after: words).flags
        }
        let kind: WorkloadKind = inputs["job"] != nil ? .job : .service
        var workload = reader.workload(flags: flags, kind: kind, isUpdate: true, range: step.range)
        workload.ignoredInputs = inputs.entries.filter { entry in
            entry.name == "port" || ["probe", "health"].contains(where: entry.name.contains)
        }
        return workload
    }
}

extension ShellWord {
    /// Creates a word of bytes as they stand.
    init(_ file: SourceFile, _ range: Range<Int>, start: Int) {
        self.init(start: start)
        bytes = Array(file.bytes[range])
        offsets = Array(range)
        // Cloud Build and shells put something in from a dollar sign on.
        let expansion = bytes.firstIndex(of: UInt8(ascii: "$")) ?? bytes.count
        expanded = bytes.indices.map { $0 >= expansion }
    }
}
