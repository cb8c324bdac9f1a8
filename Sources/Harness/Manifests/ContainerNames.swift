/// What containers name outside themselves.
enum ContainerNames {
    /// Checks the name of an image.
    ///
    /// - Throws: ``ManifestError`` where it is none.
    static func check(image: String) throws(ManifestError) {
        guard image.wholeMatch(of: /[a-z0-9][A-Za-z0-9._\/:@-]*/) != nil else {
            throw ManifestError(.badValue, "--image is the name of a container image, such as registry/coldstart:0.1.0")
        }
    }

    /// Checks that results are kept when a container is gone.
    ///
    /// - Parameters:
    ///   - results: The folder of results.
    ///   - mountPath: Where the storage is mounted.
    /// - Throws: ``ManifestError`` where it lies elsewhere.
    static func check(results: String, below mountPath: String) throws(ManifestError) {
        guard results.hasPrefix(mountPath + "/"), !results.split(separator: "/").contains("..") else {
            throw ManifestError(
                .badValue,
                "--output is a folder below \(mountPath), where the storage is, found \"\(results)\": anything else is "
                    + "gone with the container"
            )
        }
    }
}
