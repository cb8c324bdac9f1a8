import Reports

/// A diagnosis as a JUnit document: a case for each subject.
///
/// `failure` is a death or a failed start, `error` what cannot be known or was not read; a subject that lives passes.
struct DiagnosisJUnit {
    private let document: DiagnosisDocument

    /// Creates the JUnit form of a document.
    init(_ document: DiagnosisDocument) {
        self.document = document
    }

    /// The document as XML.
    var xml: String {
        var cases = document.verdicts.map(testCase)
        cases += document.unread.map { note in
            let error = XMLElement("error", [("type", "unread"), ("message", note.message)])
            let attributes = [
                ("classname", "input"), ("name", "\(note.file):\(note.line):\(note.column)"), ("file", note.file),
                ("line", String(note.line)),
            ]
            return XMLElement("testcase", attributes, children: [error])
        }
        func count(_ name: String) -> String {
            String(cases.count { element in element.children.contains { $0.name == name } })
        }
        let counts = [
            ("tests", String(cases.count)), ("failures", count("failure")), ("errors", count("error")),
            ("skipped", "0"),
        ]
        let properties = [
            ("schemaVersion", String(document.schemaVersion)), ("toolVersion", document.toolVersion),
        ]
        let head = XMLElement(
            "properties",
            children: properties.map { XMLElement("property", [("name", $0.0), ("value", $0.1)]) }
        )
        let suite = XMLElement("testsuite", [("name", "diagnose")] + counts, children: [head] + cases)
        return XMLElement("testsuites", [("name", "coldstart")] + counts, children: [suite]).document
    }

    private func testCase(_ entry: DiagnosisDocument.Entry) -> XMLElement {
        var element = XMLElement("testcase", [("classname", "diagnose"), ("name", entry.subject.text)])
        if let first = entry.evidence.first {
            element.attributes += [("file", first.file), ("line", String(first.line))]
        }
        let message = "\(entry.verdict.rawValue) (\(entry.certainty.rawValue)): \(entry.cause)"
        var lines = entry.evidence.map { "\($0.file):\($0.line):\($0.column): \($0.text)" }
        if let against = entry.against { lines.append("against: \(against)") }
        if let decide = entry.decide { lines.append("look up: \(decide)") }
        let text = lines.joined(separator: "\n")
        let attributes = [("type", entry.verdict.rawValue), ("message", message)]
        switch entry.died {
        case true?: element.children = [XMLElement("failure", attributes, text: text)]
        case false?: element.children = [XMLElement("system-out", text: ([message] + lines).joined(separator: "\n"))]
        case nil: element.children = [XMLElement("error", attributes, text: text)]
        }
        return element
    }
}
