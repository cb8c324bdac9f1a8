import ColdstartTestSupport
import Foundation

/// The cases that the reference program wrote.
enum ReferenceCases {
    /// Reads one of the files of `Tests/Fixtures/metrics`.
    static func read<Cases: Decodable>(_ name: String, as type: Cases.Type = Cases.self) throws -> Cases {
        let path = Fixtures.path("metrics/\(name).json")
        return try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
    }
}

/// Whether two figures agree to twelve digits.
func isClose(_ left: Double?, _ right: Double?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return abs(left - right) <= 1e-12 * max(1, abs(right))
}
