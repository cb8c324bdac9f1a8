import Foundation
import Manifests
import Testing

struct KubernetesManifestTests {
    private func text(image: String = "registry.example/coldstart:0.1.0", claim: String = "models") throws -> String {
        let secrets = [
            try SecretReference("PGPASSWORD=database:password", in: .kubernetes),
            try SecretReference("TOKEN=other:key", in: .kubernetes),
        ]
        return try KubernetesManifest(job: JobExample.job(secrets: secrets), image: image, claim: claim).text
    }

    @Test func `it is the text that was reviewed`() throws {
        #expect(try text() == JobExample.expected("kubernetes.yaml"))
    }

    @Test func `the merge knows the database of results, and no other secret`() throws {
        let secrets = try ["COLDSTART_RESULTS=results:url", "PGPASSWORD=results:password", "TOKEN=other:key"]
            .map { try SecretReference($0, in: .kubernetes) }
        let job = try JobExample.job(secrets: secrets)
        let text = try KubernetesManifest(job: job, image: "a", claim: "b").text
        #expect(try JobExample.faults(of: text, "kubernetes-job") == [])
        let merge = try #require(text.components(separatedBy: "\n---\n").last)
        #expect(merge.contains("COLDSTART_RESULTS") && merge.contains("PGPASSWORD") && !merge.contains("TOKEN"))
    }

    @Test func `it is as Kubernetes' schema says`() throws {
        #expect(try JobExample.faults(of: text(), "kubernetes-job") == [])
        let bare = try JobExample.job(command: ["run"], retries: 0)
        let manifest = try KubernetesManifest(job: bare, image: "a", claim: "b")
        #expect(try JobExample.faults(of: manifest.text, "kubernetes-job") == [])
    }

    @Test(
        "the schema refuses what is misspelt or of another kind",
        arguments: [
            ("completions: 64", "completions: many"), ("backoffLimitPerIndex", "backoffLimitPerIndexes"),
            ("secretKeyRef", "secretRef"), ("containers:", "container:"), ("runAsUser: 10001", "runAsUser: root"),
            ("app.kubernetes.io/name: coldstart", "app.kubernetes.io/name: 7"),
        ]
    )
    func schema(part: String, other: String) throws {
        #expect(try JobExample.faults(of: text().replacing(part, with: other), "kubernetes-job") != [])
    }

    @Test("names are checked", arguments: [("Image", "a"), ("a b", "a"), ("a", "A"), ("a", ""), ("", "a")])
    func names(image: String, claim: String) {
        #expect(throws: ManifestError.self) { try text(image: image, claim: claim) }
    }

    @Test("results outlive the container", arguments: ["/results", "/data", "/data/../results", "data/results"])
    func results(_ folder: String) throws {
        let job = try JobExample.job(results: folder)
        #expect(throws: ManifestError.self) { try KubernetesManifest(job: job, image: "a", claim: "b") }
    }
}
