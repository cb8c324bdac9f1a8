/// What the container platform gives the instance and asks of it.
package struct PlatformConditions: Hashable, Sendable {
    /// How long a request may take, the start of the instance included; exceeded it is answered 504.
    package let requestTimeout: Duration

    /// Creates conditions.
    package init(requestTimeout: Duration = .seconds(300)) {
        self.requestTimeout = requestTimeout
    }
}
