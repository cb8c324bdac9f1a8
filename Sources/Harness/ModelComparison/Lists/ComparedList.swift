package import Domain

/// A list of movies that a session has: each is compared on its own.
package enum ComparedList: String, Hashable, Sendable, Codable, CaseIterable {
    /// The SVD model's best.
    case svd
    /// P5's order of them.
    case p5
    /// What the visitor sees.
    case display

    /// The list of a model.
    package init(_ model: Model) {
        self = model == .svd ? .svd : .p5
    }
}

/// A value for each list.
package struct ByList<Value> {
    /// The SVD model's.
    package var svd: Value
    /// P5's.
    package var p5: Value
    /// That of the display list.
    package var display: Value

    /// Creates the values.
    package init(svd: Value, p5: Value, display: Value) {
        self.svd = svd
        self.p5 = p5
        self.display = display
    }

    /// Creates the same value for each list.
    package init(repeating value: Value) {
        self.init(svd: value, p5: value, display: value)
    }

    /// The value of a list.
    package subscript(list: ComparedList) -> Value {
        get {
            switch list {
            case .svd: svd
            case .p5: p5
            case .display: display
            }
        }
        set {
            switch list {
            case .svd: svd = newValue
            case .p5: p5 = newValue
            case .display: display = newValue
            }
        }
    }
}

extension ByList: Sendable where Value: Sendable {}
extension ByList: Equatable where Value: Equatable {}
