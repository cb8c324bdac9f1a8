import Domain
import Formats
import ModelFiles
import PostgresClient
import RecommendationEngine

extension ServiceConfiguration {
    /// Reads the variables that configure the service; an empty variable counts as unset.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - bundle: The folder of the bundle, of which variables override single paths.
    /// - Throws: ``ConfigurationError`` that names the variable; it never repeats a secret or a database's address.
    package init(
        environment: [String: String],
        bundle: String = BundlePaths.defaultDirectory
    ) throws(ConfigurationError) {
        let set = environment.filter { !$0.value.isEmpty }
        self.init(paths: BundlePaths(directory: bundle, environment: set))
        presentEnvironment = Set(set.keys)
        do throws(SettingError) {
            port = try SettingRange("PORT", 0...65_535).value(in: set, default: port)
            try p5.read(set)
        } catch {
            throw ConfigurationError(error.name, error.message)
        }
        secret = set["WEBHOOK_SECRET"].flatMap(WebhookSecret.init)
        rehearsal = try set[Rehearsal.variable].map(Self.rehearsal)
        if let address = set["DATABASE_URL"] {
            do {
                database = try PostgresAddress(address)
            } catch {
                throw ConfigurationError("DATABASE_URL", error.message)
            }
        }
    }

    private static func rehearsal(_ text: String) throws(ConfigurationError) -> Rehearsal {
        guard let rehearsal = try? JSONReader.decode(Rehearsal.self, from: text.utf8) else {
            throw ConfigurationError(
                Rehearsal.variable,
                "found \"\(SettingError.shown(text))\", expected a rehearsal as JSON"
            )
        }
        if let fault = rehearsal.fault { throw ConfigurationError(Rehearsal.variable, fault) }
        return rehearsal
    }
}
