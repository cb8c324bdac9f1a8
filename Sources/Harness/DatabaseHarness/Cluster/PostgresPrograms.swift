import PostgresClient
import Subprocess
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An installation of PostgreSQL's server programs.
package struct PostgresPrograms: Hashable, Sendable {
    /// The oldest major version that serves.
    package static let oldestMajorVersion = 15

    /// The folder of `postgres` and `initdb`.
    package let folder: String
    /// The version, such as "15.18".
    package let version: String

    var postgres: String { "\(folder)/postgres" }
    var initdb: String { "\(folder)/initdb" }

    /// Finds the programs.
    ///
    /// - Parameter folders: Where to look, best first; by default the folders of `PATH`, what `pg_config` says, and
    ///   where Debian, Red Hat and Homebrew install them, newest first.
    /// - Returns: The first installation that is new enough.
    /// - Throws: ``PostgresError`` (`missingPrograms`) that says what is there and how to install them.
    package static func find(in folders: [String]? = nil) async throws -> PostgresPrograms {
        let path = environmentFolders("PATH")
        var tooOld: [String] = []
        var seen: Set<String> = []
        for stage in 0..<3 {
            let candidates =
                switch (folders, stage) {
                case (let folders?, 0): folders
                case (_?, _): [String]()
                case (nil, 0): path
                case (nil, 1): await configuredFolder(path)
                case (nil, _): wellKnownFolders()
                }
            for candidate in candidates {
                // A link in PATH leads to the folder that has all the programs.
                guard let postgres = resolved("\(candidate)/postgres") else { continue }
                let folder = String(postgres.dropLast("/postgres".count))
                guard seen.insert(folder).inserted, access("\(folder)/initdb", X_OK) == 0,
                    let version = await version(of: postgres)
                else { continue }
                if let major = version.split(separator: ".").first.flatMap({ Int($0) }), major >= oldestMajorVersion {
                    return PostgresPrograms(folder: folder, version: version)
                }
                tooOld.append("\(folder) has \(version)")
            }
        }
        let found = tooOld.isEmpty ? "none found" : tooOld.joined(separator: ", ")
        throw PostgresError(
            .missingPrograms,
            "the programs postgres and initdb of PostgreSQL \(oldestMajorVersion) or newer are missing (\(found)); "
                + "install them (Debian, Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17) or give "
                + "a server with --db"
        )
    }

    private static func version(of postgres: String) async -> String? {
        guard let text = await output(of: postgres, ["--version"]) else { return nil }
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let name = words.firstIndex(of: "(PostgreSQL)"), name + 1 < words.count else { return nil }
        return String(words[name + 1])
    }

    private static func configuredFolder(_ path: [String]) async -> [String] {
        guard let program = path.first(where: { access("\($0)/pg_config", X_OK) == 0 }),
            let folder = await output(of: "\(program)/pg_config", ["--bindir"])
        else { return [] }
        return [String(folder.split(whereSeparator: \.isNewline).first ?? "")]
    }

    private static func wellKnownFolders() -> [String] {
        // (folder, prefix of an installation in it, rest of the path)
        let places = [
            ("/usr/lib/postgresql", "", "/bin"),
            ("/usr", "pgsql-", "/bin"),
            ("/opt/homebrew/opt", "postgresql", "/bin"),
            ("/usr/local/opt", "postgresql", "/bin"),
            ("/usr/local", "pgsql", "/bin"),
        ]
        return places.flatMap { parent, prefix, rest in
            let names = ((try? FileTree.names(in: parent)) ?? []).filter { $0.hasPrefix(prefix) }
            let newestFirst = names.sorted { left, right in
                (Int(left.filter(\.isNumber)) ?? 0, left) > (Int(right.filter(\.isNumber)) ?? 0, right)
            }
            return newestFirst.map { "\(parent)/\($0)\(rest)" }
        }
    }

    private static func output(of program: String, _ arguments: [String]) async -> String? {
        let result = try? await run(
            .path(FilePath(program)),
            arguments: Arguments(arguments),
            workingDirectory: "/",
            output: .string(limit: 4096)
        )
        guard let result, result.terminationStatus.isSuccess else { return nil }
        return result.standardOutput
    }

    /// Returns the absolute folders of an environment variable like `PATH`.
    static func environmentFolders(_ name: String) -> [String] {
        guard let value = getenv(name) else { return [] }
        return String(cString: value).split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        let text = String(cString: real)
        return text.hasSuffix("/postgres") && access(text, X_OK) == 0 ? text : nil
    }
}
