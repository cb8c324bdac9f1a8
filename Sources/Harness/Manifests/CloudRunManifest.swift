import SafeText

/// A job as a Job of Cloud Run, API v1; the merge is an execution of the same Job with other arguments.
///
/// See <https://cloud.google.com/run/docs/reference/yaml/v1#job>. Models, sessions and results are in a bucket of Cloud
/// Storage.
package struct CloudRunManifest {
    /// The job.
    package let job: ShardedJob
    /// The container image.
    package let image: String
    /// The bucket, mounted at ``mountPath``.
    package let bucket: String

    /// Where the bucket is in the containers.
    package static let mountPath = "/data"

    /// Memory in MiB from which so many cores are the least
    /// (<https://cloud.google.com/run/docs/configuring/jobs/memory-limits>, seen in November 2026).
    private static let leastCores: [(above: Int, cores: Int)] = [(24_576, 8), (16_384, 6), (8_192, 4), (4_096, 2)]
    /// Cores that take at least so much memory in MiB
    /// (<https://cloud.google.com/run/docs/configuring/jobs/cpu>, seen in November 2026).
    private static let leastMemory = [1: 512, 2: 512, 4: 2_048, 6: 4_096, 8: 4_096]

    private let cores: Int
    private let mebibytes: Int

    /// Creates a manifest; cores and memory go up to what Cloud Run takes together.
    ///
    /// - Throws: ``ManifestError`` where a name is none, results lie outside the bucket, or memory, cores or time are more
    ///   than Cloud Run gives.
    package init(job: ShardedJob, image: String, bucket: String) throws(ManifestError) {
        try ContainerNames.check(image: image)
        try ContainerNames.check(results: job.results, below: Self.mountPath)
        guard bucket.wholeMatch(of: /[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/) != nil else {
            throw ManifestError(.badValue, "--storage is the name of a bucket of Cloud Storage; found no such name")
        }
        guard !job.command.contains(where: { $0.contains("$(") }) else {
            throw ManifestError(.badValue, "an argument holds $(, which Cloud Run may take for a variable")
        }
        guard !job.results.contains(",") else {
            throw ManifestError(.badValue, "--output holds a comma, which parts the arguments of gcloud")
        }
        let least = Self.leastCores.first(where: { job.resources.mebibytes > $0.above })?.cores ?? 1
        guard let cores = Self.leastMemory.keys.sorted().first(where: { $0 >= max(least, job.resources.cores) }),
            let memory = Self.leastMemory[cores], job.resources.mebibytes <= 32_768
        else {
            throw ManifestError(
                .outOfReach,
                "Cloud Run gives at most 8 cores and 32 GiB, found \(job.resources.cores) cores and "
                    + "\(job.resources.mebibytes) MiB; divide into more shards"
            )
        }
        guard job.resources.minutes <= 7 * 24 * 60 else {
            throw ManifestError(
                .outOfReach,
                "an attempt on Cloud Run takes at most 7 days, found \(job.resources.minutes) minutes; divide into more "
                    + "shards"
            )
        }
        self.job = job
        self.image = image
        self.bucket = bucket
        self.cores = cores
        mebibytes = max(memory, job.resources.mebibytes)
    }

    /// The manifest, one document of YAML.
    package var text: String {
        let document = YAMLNode.map([
            ("apiVersion", .text("run.googleapis.com/v1")),
            ("kind", .text("Job")),
            ("metadata", .map([("name", .text(job.name))])),
            (
                "spec",
                .map([
                    (
                        "template",
                        .map([
                            (
                                "spec",
                                .map([
                                    ("taskCount", .number(job.shards)),
                                    ("template", .map([("spec", task)])),
                                ])
                            )
                        ])
                    )
                ])
            ),
        ])
        let merge = job.mergeArguments.joined(separator: ",")
        let head = job.headLines([
            "gcloud run jobs replace FILE",
            "gcloud run jobs execute \(job.name) --wait",
            "gcloud run jobs execute \(job.name) --wait --tasks=1 \(ShellCommand.quoted("--args=\(merge)"))",
        ])
        return (head + document.lines).joined(separator: "\n") + "\n"
    }

    private var task: YAMLNode {
        let container = YAMLNode.map([
            ("name", .text("coldstart")),
            ("image", .text(image)),
            ("args", .list(job.shardArguments.map(YAMLNode.text))),
            ("env", .list(job.variables)),
            ("resources", .map([("limits", .map([("cpu", .text("\(cores)")), ("memory", .text("\(mebibytes)Mi"))]))])),
            ("volumeMounts", .list([.map([("name", .text("data")), ("mountPath", .text(Self.mountPath))])])),
        ])
        let volume = YAMLNode.map([
            ("name", .text("data")),
            (
                "csi",
                .map([
                    ("driver", .text("gcsfuse.run.googleapis.com")),
                    ("volumeAttributes", .map([("bucketName", .text(bucket))])),
                ])
            ),
        ])
        return .map([
            ("maxRetries", .number(job.retries)),
            // A number of 64 bits, which is a text in this API.
            ("timeoutSeconds", .text("\(job.resources.minutes * 60)")),
            ("containers", .list([container])),
            ("volumes", .list([volume])),
        ])
    }
}
