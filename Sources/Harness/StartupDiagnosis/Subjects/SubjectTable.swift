/// The records of all subjects, found by key.
struct SubjectTable {
    private var indices: [UInt64: Int] = [:]
    private var keys: [[UInt8]] = []
    /// The records in the order in which their subjects were first named.
    private(set) var records: [SubjectRecord] = []
    private var last: (hash: UInt64, index: Int)?

    /// Changes the record of a number.
    mutating func update(_ index: Int, _ change: (inout SubjectRecord) -> Void) { change(&records[index]) }

    /// Returns the number of a subject's record, which is made where there is none.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - make: Names the subject for a new record.
    /// - Returns: The number of the record.
    /// - Complexity: O(*n*) in the bytes of the key.
    mutating func index(of key: SubjectKey, _ make: () -> Subject) -> Int {
        var hash = key.hash
        if let last, last.hash == hash, key.equals(keys[last.index]) { return last.index }
        // Two keys of one hash stand at numbers that follow one another.
        while let index = indices[hash] {
            if key.equals(keys[index]) {
                last = (key.hash, index)
                return index
            }
            hash &+= 1
        }
        indices[hash] = records.count
        keys.append(key.bytes)
        records.append(SubjectRecord(make(), level: key.level))
        last = (key.hash, records.count - 1)
        return records.count - 1
    }
}
