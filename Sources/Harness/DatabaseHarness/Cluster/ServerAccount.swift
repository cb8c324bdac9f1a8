import PostgresClient

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
    /// - Throws: ``PostgresError`` (`missingPrograms`) where there is neither, or root may not become another user here.
    static func forThisProcess() throws(PostgresError) -> ServerAccount? {
        guard geteuid() == 0 else { return nil }
        let missing = Capability.missing(in: ProcessTable.text(of: "/proc/self/status") ?? "")
        guard missing.isEmpty else {
            throw PostgresError(
                .missingPrograms,
                "PostgreSQL refuses to run as root, and root may not become another user here: it lacks "
                    + "\(missing.map(\.rawValue).joined(separator: ", ")), as after docker run --cap-drop; run as an ordinary "
                    + "user (docker run --user) or give a server with --db"
            )
        }
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

    /// Whether this process's user has a name, without which `initdb` does not run; `postgres` itself does not mind.
    static var thisUserHasName: Bool {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        return getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0 && found != nil
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

extension ServerAccount {
    /// Returns a command line that runs another one as an account, and ends it when the harness ends.
    ///
    /// `setpriv` changes the user in a process of its own. Between fork and exec the C library must not do it: its calls
    /// wait for all threads that the parent had, and a thread that was just beginning there is waited for in vain.
    ///
    /// - Parameters:
    ///   - command: The program with its arguments.
    ///   - account: The user, `nil` for this process's.
    ///   - deathSignal: The signal that the program gets when the harness ends, on Linux; `nil` for none.
    /// - Returns: The program to run and its arguments.
    /// - Throws: ``PostgresError`` (`missingPrograms`) where `setpriv` is needed and missing.
    static func command(
        _ command: [String],
        as account: ServerAccount?,
        deathSignal: String? = nil
    ) throws(PostgresError) -> [String] {
        #if os(Linux)
        var options: [String] = []
        if let deathSignal { options += ["--pdeathsig", deathSignal] }
        if let account {
            options += ["--reuid", "\(account.userID)", "--regid", "\(account.groupID)", "--clear-groups"]
        }
        return options.isEmpty ? command : [try setpriv()] + options + ["--"] + command
        #else
        guard account == nil else {
            throw PostgresError(.missingPrograms, "PostgreSQL refuses to run as root; run as an ordinary user")
        }
        return command
        #endif
    }

    #if os(Linux)
    private static func setpriv() throws(PostgresError) -> String {
        let folders = PostgresPrograms.environmentFolders("PATH") + ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]
        guard let program = folders.first(where: { access("\($0)/setpriv", X_OK) == 0 }) else {
            throw PostgresError(
                .missingPrograms,
                "the program setpriv is missing; install the package util-linux or give a server with --db"
            )
        }
        return "\(program)/setpriv"
    }
    #endif
}
