/// The language of a file.
package enum ConfigurationFormat: String, CaseIterable, Sendable {
    /// YAML or JSON: manifests, services, workflows.
    case yaml
    /// Terraform's own language.
    case terraform
    /// Terraform in JSON.
    case terraformJSON
    /// Values of Terraform's variables.
    case terraformValues
    /// A script, a Makefile or anything else with command lines.
    case script

    /// Whether the file belongs to a Terraform module.
    package var isTerraform: Bool {
        switch self {
        case .terraform, .terraformJSON, .terraformValues: true
        case .yaml, .script: false
        }
    }

    /// Tells a format by the name of a file, and by its content where the name does not tell; `nil` for anything else.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - bytes: What is in it.
    package init?(path: String, bytes: [UInt8]) {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if let format = Self.byName(name) {
            self = format
            return
        }
        let head = String(decoding: bytes.prefix(1 << 16), as: UTF8.self)
        if head.hasPrefix("#!") {
            self = .script
        } else if head.contains("apiVersion:") || head.drop(while: \.isWhitespace).first == "{" {
            self = .yaml
        } else if head.contains("resource \"") {
            self = .terraform
        } else if head.contains("gcloud ") {
            self = .script
        } else {
            return nil
        }
    }

    /// Tells a format by a name in small letters.
    package static func byName(_ name: String) -> ConfigurationFormat? {
        let base =
            [".tpl", ".tmpl", ".template", ".j2"].first(where: name.hasSuffix).map { String(name.dropLast($0.count)) }
            ?? name
        func ends(_ suffixes: String...) -> Bool { suffixes.contains(where: base.hasSuffix) }
        if ends(".tf.json") { return .terraformJSON }
        if ends(".tf", ".tofu") { return .terraform }
        if ends(".tfvars") { return .terraformValues }
        if ends(".yaml", ".yml", ".json") { return .yaml }
        if ends(".sh", ".bash", ".zsh", ".ksh", ".mk", ".ps1", ".bat", ".cmd") { return .script }
        return ["makefile", "gnumakefile", "justfile", "dockerfile"].contains(base) ? .script : nil
    }
}
