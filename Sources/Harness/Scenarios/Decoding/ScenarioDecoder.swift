import ContainerPlatform
import Domain

/// Decodes a scenario from the root node of its file.
///
/// Decoding is strict: every key is known, every value has its type and a sensible size, and a key that could have no
/// effect is refused. What the platform would refuse is not: a scenario may be about just that.
struct ScenarioDecoder {
    /// The folder that relative paths start from; empty for the current one.
    let directory: String

    /// The keys of a scenario, in the order of the documentation.
    static let keys = [
        "name", "teaches", "tags", "shows_defect", "seed", "platform", "service", "stages", "faults", "sessions",
        "catalogue", "requests", "ratings", "expect",
    ]

    /// Returns the scenario that a document describes.
    func scenario(from root: YAMLValue) throws(ScenarioError) -> Scenario {
        let map = try root.mapping(keys: Self.keys)
        return Scenario(
            name: try name(map.required("name")),
            teaches: try map.required("teaches").text("one sentence"),
            showsDefect: try map.optional("shows_defect") { (value) throws(ScenarioError) in
                try value.text("one sentence")
            },
            tags: try map.optional("tags", tags) ?? [],
            seed: try map.optional("seed") { (value) throws(ScenarioError) in
                try value.integer(in: 0...UInt64.max)
            } ?? 1,
            platform: try map.optional("platform", platform) ?? defaultPlatform(at: root.location),
            service: try service(map.required("service")),
            stages: try map.optional("stages", stages) ?? StageTimings(),
            faults: try map.optional("faults", faults) ?? [],
            sessions: try sessions(map.required("sessions")),
            catalogue: try path(map.required("catalogue")),
            requests: try map.optional("requests", requests) ?? [],
            ratings: try map.optional("ratings", ratings) ?? [],
            expectations: try expectations(map.required("expect")),
            source: root.location
        )
    }

    /// Returns the path that a value names, seen from the scenario's folder.
    func path(_ value: YAMLValue) throws(ScenarioError) -> Located<String> {
        let written = try value.text("a path")
        guard !written.unicodeScalars.contains("\0") else { throw value.mismatch("a path") }
        if written.hasPrefix("/") || directory.isEmpty { return value.located(written) }
        return value.located(directory.hasSuffix("/") ? directory + written : directory + "/" + written)
    }

    private func name(_ value: YAMLValue) throws(ScenarioError) -> Located<String> {
        value.located(try identifier(value))
    }

    private func tags(_ value: YAMLValue) throws(ScenarioError) -> [String] {
        var tags: [String] = []
        for element in try value.list(of: "words") {
            let tag = try identifier(element)
            guard !tags.contains(tag) else { throw element.error("the tag `\(tag)` is given twice") }
            tags.append(tag)
        }
        return tags
    }

    private func identifier(_ value: YAMLValue) throws(ScenarioError) -> String {
        let what = "lower-case letters, digits and hyphens, such as `slow-checkpoint`"
        let text = try value.text(what, limit: 100)
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isPlain, !text.hasPrefix("-"), !text.hasSuffix("-") else { throw value.mismatch(what) }
        return text
    }
}

extension YAMLMapping {
    /// Returns the decoded value of a key, `nil` where the key is not given.
    func optional<Value>(
        _ key: String,
        _ decode: (YAMLValue) throws(ScenarioError) -> Value
    ) throws(ScenarioError) -> Value? {
        guard let value = self[key] else { return nil }
        return try decode(value)
    }

    /// Returns the decoded value of a key with its place, `nil` where the key is not given.
    func located<Value>(
        _ key: String,
        _ decode: (YAMLValue) throws(ScenarioError) -> Value
    ) throws(ScenarioError) -> Located<Value>? {
        guard let value = self[key] else { return nil }
        return value.located(try decode(value))
    }
}
