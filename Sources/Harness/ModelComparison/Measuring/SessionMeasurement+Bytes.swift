import Domain

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The bytes of measurements, by which they go from one program to another: to the bit, and read fast.
extension SessionMeasurement {
    /// The measurement as Base64 (RFC 4648) of its fields in their order.
    ///
    /// Numbers are little-endian, floating-point ones IEEE 754 binary64; texts and lists have their length before them.
    package var base64: String {
        var fields = FieldWriter()
        fields.write(key)
        fields.write([isOld, isNew, isJudged])
        fields.write(slices) { $0.write($1) }
        fields.write(notes) { $0.write($1) }
        for list in ComparedList.allCases {
            let list = lists[list]
            fields.write([list.isOld, list.isNew, list.values != nil, list.values?.change != nil])
            guard let values = list.values else { continue }
            fields.write(values.old) { $0.write($1) }
            fields.write(values.new) { $0.write($1) }
            fields.write(values.coveredByOld) { $0.write($1) }
            fields.write(values.coveredByNew) { $0.write($1) }
            guard let change = values.change else { continue }
            fields.write([change.tauB != nil])
            for number in [change.overlap, change.rbo, change.tauB ?? 0] { fields.write(number) }
            fields.write(change.entries) { $0.write($1.text) }
            fields.write(change.exits) { $0.write($1.text) }
        }
        fields.write(rankings.map { [$0.json] } ?? []) { $0.write($1) }
        return Data(fields.bytes).base64EncodedString()
    }

    /// Reads a measurement; `nil` where the text is none.
    ///
    /// - Complexity: O(*n*).
    package init?(base64: UnsafeRawBufferPointer) {
        guard let data = Data(base64Encoded: Data(base64)) else { return nil }
        var fields = FieldReader(Array(data))
        guard let key = fields.text(), let flags = fields.flags(3) else { return nil }
        self.init(key: key, isOld: flags[0], isNew: flags[1], isJudged: flags[2])
        guard let slices = fields.list({ $0.integer() }), let notes = fields.list({ $0.text() }) else { return nil }
        (self.slices, self.notes) = (slices, notes)
        for list in ComparedList.allCases {
            guard let flags = fields.flags(4) else { return nil }
            var found = List(isOld: flags[0], isNew: flags[1])
            if flags[2] {
                guard let values = fields.values(isChanged: flags[3]) else { return nil }
                found.values = values
            }
            lists[list] = found
        }
        guard let rankings = fields.list({ $0.text() }), fields.isAtEnd else { return nil }
        self.rankings = rankings.first.map { .written($0) }
    }
}

extension SessionMeasurement.Rankings {
    /// The rankings; `nil` where what was written is none.
    var value: SessionRankings? {
        switch self {
        case .made(let rankings): rankings
        case .written(let json): try? JSONDecoder().decode(SessionRankings.self, from: Data(json.utf8))
        }
    }

    fileprivate var json: String {
        switch self {
        case .written(let json): return json
        case .made(let rankings):
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            // Ids and finite numbers: a score that is not finite was refused where it was read.
            guard let bytes = try? encoder.encode(rankings) else { preconditionFailure("rankings that are no JSON") }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

extension FieldReader {
    fileprivate mutating func values(isChanged: Bool) -> SessionMeasurement.Values? {
        guard let old = list({ $0.number() }), let new = list({ $0.number() }), let first = list({ $0.integer() }),
            let second = list({ $0.integer() })
        else { return nil }
        var values = SessionMeasurement.Values(old: old, new: new, coveredByOld: first, coveredByNew: second)
        guard isChanged else { return values }
        guard let flags = flags(1), let overlap = number(), let rbo = number(), let tau = number(),
            let entries = list({ $0.text().map { MovieID($0) } }), let exits = list({ $0.text().map { MovieID($0) } })
        else { return nil }
        values.change = SessionChange.List(
            overlap: overlap,
            rbo: rbo,
            tauB: flags[0] ? tau : nil,
            entries: entries,
            exits: exits
        )
        return values
    }
}
