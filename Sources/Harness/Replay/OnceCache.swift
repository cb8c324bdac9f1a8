import Synchronization

/// Keeps what was made once for a key, so that scenarios share models, goldens and recordings.
///
/// Making happens under a lock: two scenarios that want the same value at once make it once.
final class OnceCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let values = Mutex<[Key: Value]>([:])

    /// Returns the value of a key, made by the closure where it is not there yet; a failure is not kept.
    func value(for key: Key, make: () throws -> Value) throws -> Value {
        try values.withLock { values in
            if let value = values[key] { return value }
            let value = try make()
            values[key] = value
            return value
        }
    }
}
