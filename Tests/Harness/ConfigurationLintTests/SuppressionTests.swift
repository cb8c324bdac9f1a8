import ConfigurationLint
import SourcePlaces
import Testing

struct SuppressionTests {
    private func result(_ comment: (above: String, end: String)) -> ConfigurationLint.Result {
        let text = """
            apiVersion: v1
            kind: Pod
            spec:
              containers:
                - image: a
                  \(comment.above)
                  startupProbe:
                    tcpSocket: {port: 80}
                    successThreshold: 2 \(comment.end)
                  livenessProbe: {successThreshold: 2, tcpSocket: {port: 80}}
            """
        return ConfigurationLint().result(of: text, format: .yaml)
    }

    @Test(
        "A comment with a reason suppresses its line or its block",
        arguments: [("# coldstart-lint: disable=P4 known", ""), ("", "# coldstart-lint: disable=p4,W9 known")]
    )
    func suppresses(above: String, end: String) {
        let result = result((above, end))
        #expect(result.findings.map(\.location.line) == [10])
        #expect(result.suppressed.map(\.finding.location.line) == [9])
        #expect(result.suppressed.map(\.reason) == ["known"])
    }

    @Test(
        "A comment without a reason, with an unknown rule or another word does not count",
        arguments: ["disable=P4", "disable=P99 known", "enable=P4 known", "disable= known"]
    )
    func refuses(words: String) {
        let result = result(("# coldstart-lint: \(words)", ""))
        #expect(result.findings.map(\.rule) == ["S1", "P4", "P4"])
        #expect(result.suppressed.isEmpty)
    }
}
