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

    /// Reads a measurement in place of this one, into the memory of its lists.
    ///
    /// - Parameters:
    ///   - bytes: The fields in their order.
    ///   - isBrief: Whether notes, the movies that came and went and the rankings are left out.
    /// - Returns: Whether the bytes are a measurement; where they are not, this one is of no use.
    /// - Complexity: O(*n*).
    mutating func read(_ bytes: UnsafeRawBufferPointer, isBrief: Bool = false) -> Bool {
        var fields = FieldReader(bytes, skipsTexts: isBrief)
        guard let key = fields.text(), let flags = fields.flags(), fields.read(into: &slices),
            let notes = fields.texts()
        else { return false }
        (self.key, self.notes) = (key, notes)
        (isOld, isNew, isJudged) = (flags[0], flags[1], flags[2])
        guard lists.svd.read(&fields), lists.p5.read(&fields), lists.display.read(&fields),
            let rankings = fields.texts()
        else { return false }
        self.rankings = rankings.first.map { .written($0) }
        return fields.isAtEnd
    }
}

extension SessionMeasurement.List {
    fileprivate mutating func read(_ fields: inout FieldReader) -> Bool {
        guard let flags = fields.flags() else { return false }
        (isOld, isNew) = (flags[0], flags[1])
        guard flags[2] else {
            values = nil
            return true
        }
        if values == nil { values = .init(old: [], new: [], coveredByOld: [], coveredByNew: []) }
        return values?.read(&fields, isChanged: flags[3]) == true
    }
}

extension SessionMeasurement.Values {
    fileprivate mutating func read(_ fields: inout FieldReader, isChanged: Bool) -> Bool {
        change = nil
        guard fields.read(into: &old), fields.read(into: &new), fields.read(into: &coveredByOld),
            fields.read(into: &coveredByNew)
        else { return false }
        guard isChanged else { return true }
        guard let flags = fields.flags(), let overlap = fields.number(), let rbo = fields.number(),
            let tau = fields.number(), let entries = fields.texts(), let exits = fields.texts()
        else { return false }
        change = SessionChange.List(
            overlap: overlap,
            rbo: rbo,
            tauB: flags[0] ? tau : nil,
            entries: entries.map { MovieID($0) },
            exits: exits.map { MovieID($0) }
        )
        return true
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
