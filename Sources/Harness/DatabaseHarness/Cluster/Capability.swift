/// The rights that root needs to give files and processes to another user, where a system splits root's rights.
///
/// See `capabilities(7)`.
enum Capability: String, CaseIterable {
    /// Giving a file to another user.
    case chown = "CAP_CHOWN"
    /// Taking another user's group.
    case setGroup = "CAP_SETGID"
    /// Becoming another user.
    case setUser = "CAP_SETUID"

    private var bit: UInt64 {
        switch self {
        case .chown: 0
        case .setGroup: 6
        case .setUser: 7
        }
    }

    /// The rights that a process lacks.
    ///
    /// - Parameter status: The text of `/proc/…/status`; without the line `CapEff`, root is taken to have all rights.
    /// - Returns: Those of the rights here that are not effective.
    static func missing(in status: String) -> [Capability] {
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("CapEff:") }),
            let digits = line.split(whereSeparator: \.isWhitespace).last, let effective = UInt64(digits, radix: 16)
        else { return [] }
        return allCases.filter { effective >> $0.bit & 1 == 0 }
    }
}
