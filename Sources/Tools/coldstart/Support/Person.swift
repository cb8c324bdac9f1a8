import Domain
import Goldens

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The person at the keyboard, and the time on the clock.
enum Person {
    /// The name of the user who runs the command: that of the environment, else that of the system.
    static var name: String {
        for variable in ["USER", "LOGNAME"] {
            if let name = processEnvironment[variable], !name.isEmpty { return name }
        }
        let user = getuid()
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return "user \(user)" }
        return String(cString: name)
    }

    /// The moment in ISO 8601 and UTC, to the second.
    static var now: String {
        Timestamp(microseconds: Int64(time(nil)) * 1_000_000).iso8601
    }

    /// Returns a decision of now; without a name it is that of the user who runs the command.
    static func decision(by name: String?, reason: String?) -> PendingDecision {
        PendingDecision(who: name ?? Self.name, when: now, reason: reason)
    }
}
