import Domain

/// One subject with everything around it that a rule may look at.
package struct SubjectCase: Sendable {
    /// What is stated of the subject itself.
    package let record: SubjectRecord
    /// What is stated of wider subjects that it belongs to: its revision and service, or its pod.
    let contexts: [SubjectRecord]
    /// By service: what was seen of its revisions, the earliest first.
    let rollouts: [String: [RolloutHistory.Sighting]]
    /// What was seen of objects that own pods, and of nodes.
    let allObjects: [Fact]
    /// By file: whether it is written newest first.
    let isNewestFirst: [Bool]

    /// A kind of fact about the subject, or else about what it belongs to; `nil` where it was not stated.
    subscript(kind: FactKind) -> FactTally? {
        record[kind] ?? contexts.lazy.compactMap { $0[kind] }.first
    }

    /// Whether any of several kinds was stated.
    func has(_ kinds: FactKind...) -> Bool {
        kinds.contains { kind in record.has(kind) || contexts.contains { $0.has(kind) } }
    }

    /// What concerns its pod among what was seen of other objects: its name, that of its owner, or a node's memory.
    ///
    /// - Complexity: O(*n*) in the facts about objects.
    var objects: [Fact] {
        guard let pod = record.subject.pod else { return [] }
        return allObjects.filter { fact in
            guard fact.kind == .scaledDown else { return true }
            let text = fact.text
            if text.contains(pod) { return true }
            guard let end = text.end(of: "replica set ") else { return false }
            return pod.hasPrefix(text[end...].prefix { !$0.isWhitespace } + "-")
        }
    }

    /// Whether the subject is a task of a job.
    var isJob: Bool {
        record.subject.job != nil || record.subject.type == "cloud_run_job"
            || record.subject.object?.hasPrefix("Job/") == true
    }

    /// Whether it is a container or a pod of Kubernetes.
    var isKubernetes: Bool { record.subject.platform == "kubernetes" }

    /// Whether it runs on Cloud Run, as far as the input says.
    var isCloudRun: Bool {
        record.subject.platform == "cloud-run"
            || has(.startupPassed, .startupFailed, .instanceStarting, .userDisabled, .livenessFailed)
    }

    /// Whether one fact came before another; `nil` where times and order do not tell.
    func isBefore(_ first: Fact, _ second: Fact) -> Bool? {
        if let one = first.time, let other = second.time, one != other { return one < other }
        let file = first.source.file
        guard file == second.source.file, isNewestFirst.indices.contains(file) else { return nil }
        return (first.order < second.order) != isNewestFirst[file]
    }

    /// The evidence of a fact.
    func evidence(_ fact: Fact?) -> [Evidence] {
        fact.map { [Evidence(place: $0.place, text: $0.text)] } ?? []
    }

    /// The evidence of a fact, at a piece of its line.
    func evidence(_ fact: Fact?, at piece: StaticString) -> [Evidence] {
        fact.map { [Evidence(place: $0.source.place(of: piece), text: $0.text)] } ?? []
    }

    /// The evidence of a fact, at the first of several texts that its line has.
    func evidence(_ fact: Fact?, atFirstOf pieces: [String]) -> [Evidence] {
        guard let fact else { return [] }
        let text = fact.text
        guard let piece = pieces.first(where: text.contains) else { return evidence(fact) }
        return [Evidence(place: fact.source.place(ofText: piece), text: text)]
    }

    /// The evidence of the first and the last statement of a kind, once where they are the same.
    func evidence(firstAndLast kind: FactKind) -> [Evidence] {
        guard let tally = self[kind] else { return [] }
        return evidence(tally.first) + (tally.last == tally.first ? [] : evidence(tally.last))
    }

    /// The stages that the program's own lines show.
    package var timeline: StartTimeline { StartTimeline(of: self) }
}

extension String {
    /// The whole number behind a text, `nil` where none stands there.
    func number(after text: StaticString) -> Int? {
        guard let end = end(of: text) else { return nil }
        return Int(self[end...].prefix { $0.isASCII && $0.isNumber })
    }

    /// Where a text ends that stands in this one, `nil` where it does not.
    ///
    /// - Complexity: O(*n*) in the bytes, without looking for the borders of characters.
    func end(of text: StaticString) -> String.Index? {
        var copy = self
        let offset = copy.withUTF8 { UnsafeRawBufferPointer($0).firstOffset(of: text) }
        return offset.map { utf8.index(utf8.startIndex, offsetBy: $0 + text.utf8CodeUnitCount) }
    }
}
