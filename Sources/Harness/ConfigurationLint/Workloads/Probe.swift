/// A probe of a container as it is written.
struct Probe: Sendable {
    /// The kinds of probes.
    enum Kind: String, CaseIterable, Sendable {
        /// Until it succeeds, the container has not started.
        case startup = "startupProbe"
        /// When it fails, the container is killed.
        case liveness = "livenessProbe"
        /// While it fails, the container gets no requests.
        case readiness = "readinessProbe"

        /// The word in sentences.
        var title: String {
            switch self {
            case .startup: "startup probe"
            case .liveness: "liveness probe"
            case .readiness: "readiness probe"
            }
        }
    }

    /// The kinds of handlers.
    enum Handler: String, CaseIterable, Sendable {
        /// A request over HTTP.
        case httpGet
        /// A connection.
        case tcpSocket
        /// A call of the health service.
        case grpc
        /// A command in the container.
        case exec
    }

    /// The fields that are whole numbers.
    enum Field: String, CaseIterable, Sendable {
        /// Seconds before the first attempt.
        case initialDelaySeconds
        /// Seconds from attempt to attempt.
        case periodSeconds
        /// Seconds of an attempt.
        case timeoutSeconds
        /// Failures in a row that count.
        case failureThreshold
        /// Successes in a row that count.
        case successThreshold
        /// Seconds between the signal and the kill.
        case terminationGracePeriodSeconds

        /// The value where the field is not given, on every platform.
        var standard: Int {
            switch self {
            case .initialDelaySeconds: 0
            case .periodSeconds: 10
            case .timeoutSeconds: 1
            case .failureThreshold: 3
            case .successThreshold: 1
            case .terminationGracePeriodSeconds: 30
            }
        }
    }

    /// What a field comes to.
    enum FieldValue: Sendable {
        /// It is not given.
        case absent
        /// A whole number.
        case number(Int)
        /// What is not in the file.
        case unknown
        /// Something else than a whole number.
        case other(String)
    }

    /// What it is for.
    let kind: Kind
    /// The key it stands under.
    let entry: ConfigurationEntry
    /// What is written in it.
    let node: ConfigurationNode
    /// Where a template engine puts something into it.
    var template: Range<Int>?
    /// Whether a template engine may put fields into it, and not values alone.
    var isIncomplete = false

    /// The entry of a field.
    func entry(_ field: Field) -> ConfigurationEntry? { node.entry(field.rawValue) }

    /// What a field comes to.
    func value(_ field: Field) -> FieldValue {
        guard let entry = entry(field) else { return .absent }
        switch entry.value.kind {
        case .null: return .absent
        case .unknown: return .unknown
        case .scalar(let scalar):
            if let number = Int(scalar.text) { return .number(number) }
            return PlaceholderText.isPlaceholder(scalar.text) ? .unknown : .other(scalar.text)
        case .mapping, .list: return .other("no number")
        }
    }

    /// The number of a field, or its standard where it is not given; `nil` where it is not known.
    func number(_ field: Field) -> Int? {
        switch value(field) {
        case .absent: field.standard
        case .number(let number): number
        case .unknown, .other: nil
        }
    }

    /// The handlers that are written, with their kinds.
    var handlers: [(kind: Handler, entry: ConfigurationEntry)] {
        node.entries.compactMap { entry in
            entry.value.isNull ? nil : Handler(rawValue: entry.name).map { ($0, entry) }
        }
    }

    /// The only handler; `nil` where there is none, or more than one, or a condition decides.
    var onlyHandler: (kind: Handler, entry: ConfigurationEntry)? {
        handlers.count == 1 && !handlers[0].entry.isConditional ? handlers[0] : nil
    }

    /// What is written in a handler; a list of one, as Terraform's JSON writes blocks, is that one.
    static func content(of handler: ConfigurationEntry) -> ConfigurationNode {
        handler.value.elements.first ?? handler.value
    }

    /// Whether nothing of it can be looked at.
    var isUnknown: Bool { node.unknownText != nil }
}

/// Words that stand where a person or a script puts something in.
enum PlaceholderText {
    /// Says whether a text is such a word, `$PORT`, `<port>`, `@PORT@`, `%PORT%`, `__PORT__` or `PORT_NUMBER`.
    static func isPlaceholder(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        if text.unicodeScalars.contains(where: { "${}<>@%".unicodeScalars.contains($0) }) { return true }
        let isConstant = text.unicodeScalars.allSatisfy {
            $0 == "_" || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        }
        return isConstant && text.contains("_") && (first == "_" || ("A"..."Z").contains(first))
    }
}
