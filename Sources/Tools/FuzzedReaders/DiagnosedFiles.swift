import ConfigurationLint
import StartupDiagnosis

extension FuzzedReader {
    /// Logs and configurations of platforms.
    static let diagnosedFiles = [
        FuzzedReader("log", file: "log.txt") { path in _ = try LogDiagnosis([path]) },
        linted("configuration-yaml", .yaml),
        linted("terraform", .terraform),
        linted("terraform-json", .terraformJSON),
        linted("script", .script),
    ]

    private static func linted(_ name: String, _ format: ConfigurationFormat) -> FuzzedReader {
        FuzzedReader(name) { bytes in
            _ = ConfigurationLint().result(of: String(decoding: bytes, as: UTF8.self), format: format)
        }
    }
}
