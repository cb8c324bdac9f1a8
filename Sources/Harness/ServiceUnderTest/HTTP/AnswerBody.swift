import Domain
import Formats
import Observations
import Scenarios

/// The body of a successful `POST /recommend`, key by key, with what is wrong with each.
///
/// A key that is missing or of the wrong type is a fault of that key alone: the others are read, and the rows that the
/// answer speaks of are judged all the same.
struct AnswerBody: Decodable {
    private(set) var session: SessionID?
    private(set) var phase: Int?
    private(set) var svdTopSaved: Int?
    private(set) var p5TopSaved: Int?
    private(set) var svdTop100Size: Int?
    private(set) var display: DisplayList?
    /// What is wrong, in the order of the keys.
    private(set) var faults: [BodyFault] = []

    private enum Key: String, CodingKey {
        case session = "session_id"
        case phase
        case svdTopSaved = "svd_top_saved"
        case p5TopSaved = "p5_top_saved"
        case svdTop100Size = "svd_top100_size"
        case display = "display_sequence"
    }

    /// One place of the display list: `["svd", "318", 1]`.
    private struct Entry: Decodable {
        let entry: DisplayList.Entry

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            entry = DisplayList.Entry(
                model: try values.decode(Model.self),
                movie: try values.decode(MovieID.self),
                order: try values.decode(Int.self)
            )
        }
    }

    /// Reads a body; what is no JSON object has nothing but a fault.
    init(_ bytes: [UInt8]) {
        if let body = try? JSONReader.decode(AnswerBody.self, from: bytes) {
            self = body
        } else {
            let start = String(decoding: bytes.prefix(60), as: UTF8.self)
            faults = [
                BodyFault(key: nil, text: bytes.isEmpty ? "there is no body" : "the body is no JSON object: \(start)")
            ]
        }
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        session = read(.session, in: values, "a UUID")
        phase = read(.phase, in: values, "a whole number")
        svdTopSaved = read(.svdTopSaved, in: values, "a whole number")
        p5TopSaved = read(.p5TopSaved, in: values, "a whole number")
        svdTop100Size = read(.svdTop100Size, in: values, "a whole number")
        let entries: [Entry]? = read(.display, in: values, "an array of places such as [\"svd\", \"318\", 1]")
        display = entries.map { DisplayList(entries: $0.map(\.entry)) }
    }

    private mutating func read<Value: Decodable>(
        _ key: Key,
        in values: KeyedDecodingContainer<Key>,
        _ expected: String
    ) -> Value? {
        if let value = try? values.decode(Value.self, forKey: key) { return value }
        let found = (try? values.decode(FoundValue.self, forKey: key))?.text ?? "null"
        let text =
            values.contains(key)
            ? "the key \"\(key.rawValue)\" is \(found), expected \(expected)"
            : "the key \"\(key.rawValue)\" is missing"
        faults.append(BodyFault(key: key.rawValue, text: text))
        return nil
    }

    /// The answer with what was asked for in place of what the body does not say.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - rows: The session's rows after the answer, as far as they are known: they tell whether P5 had a part in it, and
    ///     the display list.
    /// - Returns: An answer with every key.
    func completed(for request: PlannedRequest, rows: [StoredRecommendation] = []) -> RecommendResponse {
        let rows = rows.map(\.row).sorted { ($0.displayOrder ?? 0) < ($1.displayOrder ?? 0) }
        let shown =
            display
            ?? DisplayList(
                entries: rows.compactMap { row in
                    row.displayOrder.map { DisplayList.Entry(model: row.model, movie: row.movie, order: $0) }
                }
            )
        let hasP5 = shown.entries.contains { $0.model == .p5 } || rows.contains { $0.model == .p5 }
        let svdSaved = svdTopSaved ?? request.topK
        return RecommendResponse(
            session: session ?? request.session.id,
            phase: phase ?? request.phase,
            svdTopSaved: svdSaved,
            p5TopSaved: p5TopSaved ?? (hasP5 ? request.topK : 0),
            svdTop100Size: svdTop100Size ?? svdSaved,
            display: shown
        )
    }
}

/// Any value of JSON, in words.
private struct FoundValue: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        if let array = try? decoder.unkeyedContainer() {
            text = "an array of \(array.count ?? 0)"
            return
        }
        guard let value = try? decoder.singleValueContainer(), (try? decoder.container(keyedBy: AnyKey.self)) == nil
        else {
            text = "an object"
            return
        }
        text =
            (try? value.decode(Bool.self)).map(String.init) ?? (try? value.decode(Int.self)).map(String.init)
            ?? (try? value.decode(Double.self)).map { "\($0)" }
            ?? (try? value.decode(String.self)).map { "the text \"\($0.prefix(40))\"" } ?? "null"
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
