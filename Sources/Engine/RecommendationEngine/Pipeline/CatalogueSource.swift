/// Where requests get the catalogue from, which not each of them has to read.
package protocol CatalogueSource: Sendable {
    /// The store that the catalogue comes from.
    var store: any CatalogueStore { get }

    /// Returns the catalogue as it is, or was not long ago.
    ///
    /// - Throws: The store's error where it has to be read and cannot be; `CancellationError`.
    func catalogue() async throws -> Catalogue
}
