/// What tells one subject from another: its level and the names at it.
struct SubjectKey {
    /// What kind of subject a key names.
    enum Level: UInt8, Hashable {
        case instance, revision, service, job, container, pod, object, file
    }

    /// The level.
    let level: Level
    private let first: UnsafeRawBufferPointer
    private let second: UnsafeRawBufferPointer
    private let third: UnsafeRawBufferPointer

    /// Creates a key of one to three names, which the caller holds in memory as long as the key lives.
    init(
        _ level: Level,
        _ first: UnsafeRawBufferPointer,
        _ second: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        _ third: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
    ) {
        self.level = level
        self.first = first
        self.second = second
        self.third = third
    }

    /// The narrowest key for the names of an entry; the number of the file for an entry without names.
    init(_ names: LogEntry.Names, file: UnsafeRawBufferPointer) {
        if !names.instance.isEmpty {
            self.init(.instance, names.instance)
        } else if !names.pod.isEmpty {
            self =
                names.container.isEmpty
                ? SubjectKey(.pod, names.pod, names.namespace)
                : SubjectKey(.container, names.pod, names.namespace, names.container)
        } else if !names.job.isEmpty {
            self.init(.job, names.job, names.execution, names.task)
        } else if !names.revision.isEmpty {
            self.init(.revision, names.revision)
        } else if !names.service.isEmpty {
            self.init(.service, names.service)
        } else {
            self.init(.file, file)
        }
    }

    /// The names with a byte between them that no UTF-8 has.
    var bytes: [UInt8] { [level.rawValue] + Array(first) + [0xff] + Array(second) + [0xff] + Array(third) }

    /// Whether ``bytes`` would be these, without making them.
    func equals(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == first.count + second.count + third.count + 3, bytes[0] == level.rawValue else {
            return false
        }
        var index = 1
        for part in [first, second, third] {
            guard part.elementsEqual(bytes[index..<(index + part.count)]) else { return false }
            index += part.count + 1
        }
        return true
    }

    /// A number of 64 bits that differs for different keys but by chance.
    var hash: UInt64 {
        var hash = UInt64(level.rawValue) &+ 0x9e37_79b9_7f4a_7c15
        for part in [first, second, third] {
            hash = (hash ^ UInt64(part.count)) &* 0xff51_afd7_ed55_8ccd
            var index = 0
            while index + 8 <= part.count {
                hash = (hash ^ part.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0xc4ce_b9fe_1a85_ec53
                hash ^= hash >> 29
                index += 8
            }
            while index < part.count {
                hash = (hash ^ UInt64(part[index])) &* 0x0000_0100_0000_01b3
                index += 1
            }
        }
        return hash ^ hash >> 32
    }
}
