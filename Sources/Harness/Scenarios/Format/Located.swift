package import SourcePlaces

/// A value of a scenario together with the place it was written at, so that a failure can point there.
package struct Located<Value> {
    /// The value.
    package let value: Value
    /// Where the value is written.
    package let location: SourceLocation

    /// Creates a value written at a place.
    package init(_ value: Value, at location: SourceLocation) {
        self.value = value
        self.location = location
    }

    /// Returns the result of a transformation, at the same place.
    package func map<Result>(_ transform: (Value) throws -> Result) rethrows -> Located<Result> {
        Located<Result>(try transform(value), at: location)
    }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
extension Located: Sendable where Value: Sendable {}
