import Manifests
import Testing
import Yams

struct YAMLTextTests {
    @Test(
        "a reader of YAML gives every argument back as the text that it was",
        arguments: [
            "true", "No", "null", "~", "1", "1e3", "0x1F", "12:30", "2026-01-01", "", " ", "a: b", "a:", "- a", "#a",
            "a #b", "'", "\"", "\\", "{a}", "[a]", "&a", "*a", "!a", "%a", "@a", "`a`", "a,b", "é", "𝄞", "a\u{FEFF}b",
            "=",
            "<<", ".inf", "/a:b/c", "y", "x: y", "a\\nb",
        ]
    )
    func arguments(_ argument: String) throws {
        let job = try JobExample.job(command: ["run", argument])
        let text = try KubernetesManifest(job: job, image: "a", claim: "b").text
        var documents = try Yams.load_all(yaml: text)
        let document = try #require(documents.next() as? [String: Any])
        let specification = document["spec"] as? [String: Any]
        let pod = (specification?["template"] as? [String: Any])?["spec"] as? [String: Any]
        let container = (pod?["containers"] as? [[String: Any]])?.first
        #expect(container?["args"] as? [String] == ["run", argument, "--output", "/data/results"])
    }
}
