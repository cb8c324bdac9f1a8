#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The user as whom the server runs where the harness is root, since PostgreSQL refuses to run as root.
struct ServerAccount: Hashable, Sendable {
    /// The user's id.
    let userID: uid_t
    /// The user's main group.
    let groupID: gid_t

    /// Returns the user `postgres`, or else `nobody`; `nil` where the harness is not root and needs no other user.
    ///
    /// - Throws: ``PostgresError`` (`missingPrograms`) where there is neither.
    static func forThisProcess() throws(PostgresError) -> ServerAccount? {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            var buffer = [CChar](repeating: 0, count: 16_384)
            if getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil, entry.pw_uid != 0 {
                return ServerAccount(userID: entry.pw_uid, groupID: entry.pw_gid)
            }
        }
        throw PostgresError(
            .missingPrograms,
            "PostgreSQL refuses to run as root and there is no user \"postgres\" or \"nobody\" to run it as; "
                + "create one or run as an ordinary user"
        )
    }

    /// Whether the user may pass through a folder and all folders above it.
    func canReach(_ folder: String) -> Bool {
        var path = folder
        while true {
            var status = stat()
            guard stat(path.isEmpty ? "/" : path, &status) == 0 else { return false }
            let needed: mode_t =
                status.st_uid == userID ? S_IXUSR : status.st_gid == groupID ? S_IXGRP : S_IXOTH
            guard status.st_mode & needed != 0 else { return false }
            guard !path.isEmpty, path != "/", let slash = path.lastIndex(of: "/") else { return true }
            path = String(path[..<slash])
        }
    }
}
