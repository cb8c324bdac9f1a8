import HCLSyntax

/// The files of a Terraform module that are checked together, parsed, with the values that they give each other.
final class TerraformFiles {
    /// The files of Terraform's language by their paths.
    let parsed: [String: HCLFile]
    /// The files of JSON by their paths.
    let documents: [String: YAMLDocument]
    /// What variables and locals come to.
    let values: TerraformValues

    /// Parses the Terraform files among some inputs.
    ///
    /// - Complexity: O(*n*) in the length of the files.
    init(_ inputs: [ConfigurationLint.Input]) {
        var parsed: [String: HCLFile] = [:]
        var documents: [String: YAMLDocument] = [:]
        var assignments: [HCLBody] = []
        for input in inputs {
            switch input.format {
            case .terraform: parsed[input.path] = HCLFile(input.bytes)
            case .terraformValues: assignments.append(HCLFile(input.bytes).body)
            case .terraformJSON:
                let file = SourceFile(path: input.path, bytes: input.bytes)
                documents[input.path] = YAMLReader.documents(in: file, file.content).first
            case .yaml, .script, nil: break
            }
        }
        self.parsed = parsed
        self.documents = documents
        values = Self.values(parsed, documents)
        for body in assignments { values.assign(body) }
    }

    private init(_ files: TerraformFiles, calledWith arguments: [String: HCLValue]) {
        parsed = files.parsed
        documents = files.documents
        values = Self.values(parsed, documents)
        values.call(with: arguments)
    }

    /// Returns the same files as a call of the module sees them; files of variables are its caller's alone.
    func called(with arguments: [String: HCLValue]) -> TerraformFiles {
        TerraformFiles(self, calledWith: arguments)
    }

    /// Returns what may describe containers in one of the files.
    ///
    /// - Complexity: O(*n*) in the size of the file, times the instances.
    func blocks(of file: SourceFile) -> [TerraformBlock] {
        if let hcl = parsed[file.path] {
            return TerraformReader(values: values).blocks(of: hcl.body, in: file, where: TerraformWorkloads.knows)
        }
        guard let root = documents[file.path]?.root else { return [] }
        return TerraformJSON(values: values).blocks(of: root, where: TerraformWorkloads.knows)
    }

    private static func values(
        _ parsed: [String: HCLFile],
        _ documents: [String: YAMLDocument]
    ) -> TerraformValues {
        let values = TerraformValues()
        for file in parsed.values { values.add(file.body) }
        for document in documents.values {
            if let root = document.root { TerraformJSON(values: values).addValues(of: root) }
        }
        return values
    }
}
