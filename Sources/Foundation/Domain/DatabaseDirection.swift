/// A direction of the bytes between the service and its database.
package enum DatabaseDirection: String, Hashable, Sendable, CaseIterable {
    /// From the service.
    case toDatabase = "to_database"
    /// From the database.
    case toService = "to_service"

    /// The direction in words.
    package var phrase: String { self == .toDatabase ? "to the database" : "to the service" }
}
