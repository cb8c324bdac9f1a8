import HCLSyntax

/// The files of a Terraform module that are checked together, parsed, with the values that they give each other.
final class TerraformFiles {
    /// The files of Terraform's language by their paths.
    let parsed: [String: HCLFile]
    /// The files of JSON by their paths.
    let documents: [String: YAMLDocument]
    /// What variables and locals come to.
    let values = TerraformValues()

    /// Parses the Terraform files among some inputs.
    ///
    /// - Complexity: O(*n*) in the length of the files.
    init(_ inputs: [ConfigurationLint.Input]) {
        var parsed: [String: HCLFile] = [:]
        var documents: [String: YAMLDocument] = [:]
        var assignments: [HCLBody] = []
        for input in inputs {
            switch input.format {
            case .terraform:
                let file = HCLFile(input.bytes)
                parsed[input.path] = file
                values.add(file.body)
            case .terraformValues: assignments.append(HCLFile(input.bytes).body)
            case .terraformJSON:
                let file = SourceFile(path: input.path, bytes: input.bytes)
                documents[input.path] = YAMLReader.documents(in: file, file.content).first
            case .yaml, .script, nil: break
            }
        }
        self.parsed = parsed
        self.documents = documents
        for document in documents.values {
            if let root = document.root { TerraformJSON(values: values).addValues(of: root) }
        }
        for body in assignments { values.assign(body) }
    }
}
