import Domain
import Formats
package import RecommendationEngine

/// The body of `POST /recommend`: `{"session_id": uuid, "topk_per_model": 10, "phase": 2}`, the last two optional.
///
/// Other members are ignored, as the deployed service ignores them.
package struct RecommendBody: Decodable {
    /// The request that the body makes.
    package let request: RecommendRequest

    private enum CodingKeys: String, CodingKey {
        case session = "session_id"
        case topKPerModel = "topk_per_model"
        case phase
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        request = RecommendRequest(
            session: try container.decode(SessionID.self, forKey: .session),
            topKPerModel: try Self.number(.topKPerModel, in: 1...100, default: 10, of: container),
            phase: try Self.number(.phase, in: 0...Int(Int32.max), default: 2, of: container)
        )
    }

    /// Parses a body.
    ///
    /// - Throws: `ServiceError` 422 that names the member and what was expected; it repeats nothing of the body.
    package static func parse(_ bytes: some Sequence<UInt8>) throws(ServiceError) -> RecommendRequest {
        do throws(JSONFault) {
            return try JSONReader.decode(RecommendBody.self, from: bytes).request
        } catch {
            throw ServiceError(status: 422, detail: sentence(about: error))
        }
    }

    private static func number(
        _ key: CodingKeys,
        in range: ClosedRange<Int>,
        default value: Int,
        of container: KeyedDecodingContainer<CodingKeys>
    ) throws -> Int {
        guard container.contains(key) else { return value }
        guard let number = try? container.decode(Int.self, forKey: key), range.contains(number) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "not in range")
        }
        return number
    }

    private static func sentence(about fault: JSONFault) -> String {
        // Where the text is not JSON, the member at which reading stopped is not the mistake.
        let isJSON = fault.code == .unfit || fault.code == .missingKey
        return switch isJSON ? fault.steps.first.flatMap({ CodingKeys(stringValue: $0.stringValue) }) : nil {
        case .session: "session_id: expected a UUID, 8-4-4-4-12 hexadecimal digits"
        case .topKPerModel: "topk_per_model: expected a whole number from 1 to 100"
        case .phase: "phase: expected a whole number from 0 to 2147483647"
        case nil: "body: expected a JSON object with the member session_id"
        }
    }
}
