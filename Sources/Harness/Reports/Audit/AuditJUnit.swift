/// The audit as a JUnit document: a case for each class of findings.
package struct AuditJUnit {
    private let document: AuditDocument

    /// Creates the JUnit form of a document.
    package init(_ document: AuditDocument) {
        self.document = document
    }

    /// The document as XML.
    package var xml: String {
        let cases = document.classes.map { group in
            var element = XMLElement("testcase", [("classname", "database"), ("name", group.name)])
            if group.count > 0 {
                let examples = group.examples.map { example in
                    [example.session.map { "session \($0)" } ?? "no session", example.model, example.text]
                        .compactMap(\.self).joined(separator: ", ")
                }
                element.children = [
                    XMLElement(
                        "failure",
                        [("type", group.name), ("message", "\(group.count) \(group.unit): \(group.meaning)")],
                        text: (examples + ["do: " + group.advice]).joined(separator: "\n")
                    )
                ]
            }
            return element
        }
        let failures = document.classes.count { $0.count > 0 }
        let counts = [
            ("name", "database"), ("tests", String(cases.count)), ("failures", String(failures)), ("errors", "0"),
            ("skipped", "0"), ("time", Figures.fixed(document.seconds, decimals: 3)),
        ]
        let properties = [
            ("schemaVersion", String(AuditDocument.schemaVersion)), ("toolVersion", document.toolVersion),
            ("database", document.database), ("phase", String(document.phase)),
        ]
        let suite = XMLElement(
            "testsuite",
            counts,
            children: [
                XMLElement(
                    "properties",
                    children: properties.map { XMLElement("property", [("name", $0.0), ("value", $0.1)]) }
                )
            ] + cases
        )
        return XMLElement("testsuites", [("name", "coldstart")] + counts.dropFirst(), children: [suite]).document
    }
}
