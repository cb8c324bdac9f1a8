/// A probe that goes on after the start, behind a reference: one word where it is absent, and in every copy of a plan.
@propertyWrapper package indirect enum LaterProbe: Hashable, Sendable {
    /// There is none.
    case absent
    /// There is one.
    case present(ProbeConfiguration)

    /// Creates a wrapper of a probe.
    package init(wrappedValue: ProbeConfiguration?) {
        self = wrappedValue.map { .present($0) } ?? .absent
    }

    package var wrappedValue: ProbeConfiguration? {
        get {
            switch self {
            case .absent: nil
            case .present(let probe): probe
            }
        }
        set { self = Self(wrappedValue: newValue) }
    }

    /// Whether there is one.
    package var isPresent: Bool {
        switch self {
        case .absent: false
        case .present: true
        }
    }
}
