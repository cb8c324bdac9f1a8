import CLibPQ

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// libpq's list of settings (`PQconninfoOption`).
///
/// See <https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PQCONNDEFAULTS>.
struct ConnectionOptions: Hashable, Sendable {
    /// The keywords of all settings.
    private(set) var keywords: Set<String> = []
    /// The settings that have a value, also an empty one.
    private(set) var values: [String: String] = [:]
    /// The values that libpq was built with.
    private(set) var builtIn: [String: String] = [:]
    /// The variables that stand in for settings, by keyword.
    private(set) var variables: [String: String] = [:]

    /// The settings of this libpq, without values: those depend on variables.
    static let defaults: ConnectionOptions = {
        // Where PGSERVICE names a service that is not defined there are no defaults at all; the names need none.
        guard let options = PQconninfoParse("", nil) else { preconditionFailure("libpq is out of memory") }
        defer { PQconninfoFree(options) }
        return ConnectionOptions(options)
    }()

    /// Reads what a connection is made with; `nil` where libpq is out of memory.
    init?(of connection: OpaquePointer) {
        guard let options = PQconninfo(connection) else { return nil }
        defer { PQconninfoFree(options) }
        self.init(options)
    }

    /// Copies a list, which the caller frees.
    init(_ options: UnsafeMutablePointer<PQconninfoOption>) {
        var option = options
        while let name = option.pointee.keyword {
            let keyword = String(cString: name)
            keywords.insert(keyword)
            if let value = option.pointee.val { values[keyword] = String(cString: value) }
            if let value = option.pointee.compiled { builtIn[keyword] = String(cString: value) }
            if let name = option.pointee.envvar { variables[keyword] = String(cString: name) }
            option += 1
        }
    }
}

extension ConnectionOptions {
    /// Returns settings with every other one stated for which there is a variable, with libpq's own default.
    func completing(_ settings: [String: String]) -> [String: String] {
        // An empty service would be looked up.
        var others = variables.keys.filter { $0 != "service" }
            .reduce(into: [:]) { $0[$1] = builtIn[$1] ?? "" }
        // An empty name hides the one that stands in for it.
        others["application_name"] = settings["fallback_application_name"] ?? ""
        return others.merging(settings) { $1 }
    }
}

/// The variables of libpq that this process was started with.
package enum InheritedVariables {
    /// Those that no setting of a connection overrides: an undefined service is an error whatever else is stated.
    private static let withoutSetting: Set<String> = ["PGSERVICE", "PGTZ", "PGDATESTYLE", "PGGEQO"]

    /// The names of those that are set, which are no concern of a server of the run's own.
    package static let names: [String] =
        withoutSetting
        .union(["PGSERVICEFILE"]).union(ConnectionOptions.defaults.variables.values)
        .filter { getenv($0) != nil }.sorted()

    /// Takes those out of the environment that a connection to a server of the run's own could not override.
    ///
    /// The user's own database is never reached by the same process. `unsetenv` takes a lock and moves pointers, so
    /// that another thread's `getenv` may at worst miss a variable in that moment; neither frees nor writes any text.
    package static let forget: Void = {
        _ = names
        for name in withoutSetting { unsetenv(name) }
    }()
}
