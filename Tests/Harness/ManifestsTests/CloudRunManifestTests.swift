import Manifests
import Testing

struct CloudRunManifestTests {
    private func text(_ resources: ShardResources? = nil) throws -> String {
        let job = try JobExample.job(
            command: ["rank", "--bundle", "/data/bundle"],
            resources: resources,
            secrets: [try SecretReference("PGPASSWORD=database:latest", in: .secretManager)]
        )
        return try CloudRunManifest(job: job, image: "registry.example/coldstart:0.1.0", bucket: "models").text
    }

    @Test func `it is the text that was reviewed`() throws {
        #expect(try text() == JobExample.expected("cloud-run.yaml"))
    }

    @Test func `it is as the schema of the API says`() throws {
        #expect(try JobExample.faults(of: text(), "cloud-run-job") == [])
    }

    @Test(
        "the schema refuses what is misspelt or of another kind",
        arguments: [
            ("taskCount: 64", "taskCount: many"), ("maxRetries", "retries"), ("\"5400\"", "5400"), ("csi:", "gcs:"),
        ]
    )
    func schema(part: String, other: String) throws {
        #expect(try JobExample.faults(of: text().replacing(part, with: other), "cloud-run-job") != [])
    }

    @Test(
        "cores and memory go up to what the platform takes together",
        arguments: [
            (100, 1, "1", "512Mi"), (4_096, 1, "1", "4096Mi"), (4_097, 1, "2", "4097Mi"), (100, 3, "4", "2048Mi"),
            (100, 5, "6", "4096Mi"), (16_385, 1, "6", "16385Mi"), (32_768, 1, "8", "32768Mi"),
        ]
    )
    func sizes(mebibytes: Int, cores: Int, cpu: String, memory: String) throws {
        let text = try text(ShardResources(mebibytes: mebibytes, cores: cores, minutes: 10))
        #expect(text.contains("cpu: \"\(cpu)\"\n") && text.contains("memory: \"\(memory)\"\n"), "\(text)")
    }

    @Test("what the platform does not give is refused", arguments: [(32_769, 1, 1), (1, 9, 1), (1, 1, 10_081)])
    func bounds(mebibytes: Int, cores: Int, minutes: Int) throws {
        let resources = try ShardResources(mebibytes: mebibytes, cores: cores, minutes: minutes)
        let error = #expect(throws: ManifestError.self) { try text(resources) }
        #expect(error?.code == .outOfReach)
    }

    @Test func `an argument that it may take for a variable is refused`() throws {
        let job = try JobExample.job()
        #expect(throws: ManifestError.self) { try CloudRunManifest(job: job, image: "a", bucket: "models") }
    }
}
