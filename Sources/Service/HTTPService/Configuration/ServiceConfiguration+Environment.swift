import Formats
import ModelFiles
import P5
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
        func number(_ name: String, in range: ClosedRange<Int>, default value: Int) throws(ConfigurationError) -> Int {
            guard let text = set[name] else { return value }
            guard let number = Int(text), range.contains(number) else {
                throw ConfigurationError(
                    name,
                    "found \"\(Self.shown(text))\", expected a whole number from \(range.lowerBound) to "
                        + "\(range.upperBound)"
                )
            }
            return number
        }
        self.init(paths: BundlePaths(directory: bundle, environment: set))
        presentEnvironment = Set(set.keys)
        port = try number("PORT", in: 0...65_535, default: port)
        p5.maximumLength = try number("P5_MAX_LEN", in: 1...65_536, default: p5.maximumLength)
        p5.generationLimit = try number("P5_GEN_MAX_LEN", in: 2...1_024, default: p5.generationLimit)
        p5.batch = try number("P5_BATCH", in: 1...65_536, default: p5.batch)
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
            throw ConfigurationError(Rehearsal.variable, "found \"\(shown(text))\", expected a rehearsal as JSON")
        }
        if let fault = rehearsal.fault { throw ConfigurationError(Rehearsal.variable, fault) }
        return rehearsal
    }

    /// The start of a wrong value, which may be anything.
    private static func shown(_ text: String) -> String {
        String(text.unicodeScalars.prefix(40).map { $0.properties.generalCategory == .control ? "?" : Character($0) })
    }
}
