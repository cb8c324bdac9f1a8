import Domain

/// The records of subjects by the names that entries and objects state.
extension SubjectTable {
    /// Returns the number of the record of an entry's subject.
    ///
    /// - Parameters:
    ///   - names: The names that the entry states.
    ///   - file: The number of the input, which an entry without names belongs to.
    ///   - fileName: What the input is called.
    ///   - pool: Where the names are kept that many subjects share.
    /// - Returns: The number, of a new record where there was none.
    mutating func index(of names: LogEntry.Names, file: Int, named fileName: String?, _ pool: inout TextPool) -> Int {
        let index = withUnsafeBytes(of: file) { number in
            self.index(of: SubjectKey(names, file: number)) {
                var subject = Subject()
                func text(_ bytes: UnsafeRawBufferPointer) -> String? { bytes.isEmpty ? nil : pool.text(of: bytes) }
                subject.service = text(names.service)
                subject.revision = text(names.revision)
                subject.instance = names.instance.isEmpty ? nil : String(decoding: names.instance, as: UTF8.self)
                subject.job = text(names.job)
                subject.execution = text(names.execution)
                subject.task = text(names.task)
                subject.namespace = text(names.namespace)
                subject.pod = text(names.pod)
                subject.container = names.pod.isEmpty ? nil : text(names.container)
                if subject.isUnnamed { subject.file = fileName }
                if subject.pod != nil { subject.platform = "kubernetes" }
                return subject
            }
        }
        if records[index].subject.type == nil, !names.resourceType.isEmpty {
            let type = pool.text(of: names.resourceType.bytes)
            // Only that something is a job is ever evidence.
            let source = type.hasSuffix("_job") ? KeptText(names.resourceType, around: 0, in: file, &pool) : nil
            update(index) {
                $0.typeSource = source
                $0.subject.type = type
                $0.subject.platform = type.hasPrefix("cloud_run") ? "cloud-run" : $0.subject.platform
            }
        }
        return index
    }

    /// Returns the number of the record of a named subject.
    ///
    /// - Parameters:
    ///   - subject: The subject.
    ///   - file: The number of the input, which a subject without names belongs to.
    ///   - fileName: What the input is called.
    /// - Returns: The number, of a new record where there was none.
    mutating func index(of subject: Subject, file: Int, named fileName: String?) -> Int {
        func bytes(_ text: String?) -> [UInt8] { Array((text ?? "").utf8) }
        let level: SubjectKey.Level
        let parts: [[UInt8]]
        if subject.pod != nil || subject.container != nil {
            level = subject.container == nil ? .pod : .container
            parts = [bytes(subject.pod), bytes(subject.namespace), bytes(subject.container)]
        } else if let object = subject.object {
            level = .object
            parts = [bytes(object), bytes(subject.namespace), []]
        } else if subject.revision != nil {
            level = .revision
            parts = [bytes(subject.revision), [], []]
        } else if subject.service != nil {
            level = .service
            parts = [bytes(subject.service), [], []]
        } else {
            level = .file
            parts = [withUnsafeBytes(of: file) { Array($0) }, [], []]
        }
        return parts[0]
            .withUnsafeBytes { first in
                parts[1]
                    .withUnsafeBytes { second in
                        parts[2]
                            .withUnsafeBytes { third in
                                index(of: SubjectKey(level, first, second, third)) {
                                    var subject = subject
                                    if subject.isUnnamed { subject.file = fileName }
                                    return subject
                                }
                            }
                    }
            }
    }
}
