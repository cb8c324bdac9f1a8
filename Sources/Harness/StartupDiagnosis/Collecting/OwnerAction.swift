import Domain

/// What an owner did, by an audit entry's method and payload.
struct OwnerAction {
    private let entry: LogEntry
    private let kind: FactKind
    private let method: String
    /// Where the payload sets the number of instances to zero, and by which name.
    private let zero: (offset: Int, name: StaticString)?

    /// Reads an entry; `nil` for one that is about no change.
    init?(_ entry: LogEntry) {
        self.entry = entry
        zero = entry.payload.zeroInstances
        method = String(decoding: entry.method, as: UTF8.self)
        let verb = method.split(separator: ".").last.map(String.init) ?? ""
        if zero != nil {
            kind = .scaledToZero
        } else if verb.hasPrefix("Delete") {
            kind = .deletedByOwner
        } else if ["Update", "Replace", "Create", "Patch", "Stop"].contains(where: verb.hasPrefix) {
            kind = .changedByOwner
        } else {
            return nil
        }
    }

    /// The action as a fact.
    func fact(order: Int, file: Int, _ pool: inout TextPool) -> Fact {
        let source = KeptText(entry.payload, around: zero?.offset ?? 0, in: file, &pool)
        return Fact(kind, source, at: entry.time, order: order, mark: zero?.name, name: method)
    }
}

extension PlacedText {
    /// Where a payload sets the manual number of instances to zero and by which name, `nil` where it does not.
    ///
    /// - Complexity: O(*n*).
    fileprivate var zeroInstances: (offset: Int, name: StaticString)? {
        for name in ["manualInstanceCount", "manual_instance_count"] as [StaticString] {
            guard let offset = bytes.firstOffset(of: name) else { continue }
            let rest = bytes[(offset + name.utf8CodeUnitCount)...]
            let value = rest.drop { [0x22, 0x27, 0x3a, 0x20, 0x5c, 0x0a, 0x0d, 0x09].contains($0) }
            let end = value.dropFirst().first
            if value.first == UInt8(ascii: "0"), end.map({ !(0x30...0x39).contains($0) }) ?? true {
                return (offset, name)
            }
        }
        return nil
    }
}
