/// What becomes of a request that comes while an instance takes none.
package enum UnreadyTraffic: String, Hashable, Sendable, Codable {
    /// It waits for the instance.
    case waits
    /// Nobody is there to take it: it is refused at once.
    case refused
    /// Another instance gets it.
    case elsewhere
}
