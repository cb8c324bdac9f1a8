/// A job as two Jobs of Kubernetes: an indexed one of the shards, and the merge, suspended until somebody lets it go.
///
/// Needs Kubernetes 1.33, where back-off limits per index are stable:
/// <https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index>. The volume is one that all
/// nodes of the job can write at the same time (`ReadWriteMany`).
package struct KubernetesManifest {
    /// The job.
    package let job: ShardedJob
    /// The container image.
    package let image: String
    /// The name of the PersistentVolumeClaim, mounted at ``mountPath``.
    package let claim: String

    /// Where the volume is in the containers.
    package static let mountPath = "/data"

    /// Creates a manifest.
    ///
    /// - Throws: ``ManifestError`` where image or claim are no such names, or results lie outside the volume.
    package init(job: ShardedJob, image: String, claim: String) throws(ManifestError) {
        try ContainerNames.check(image: image)
        try ContainerNames.check(results: job.results, below: Self.mountPath)
        guard claim.wholeMatch(of: /[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/) != nil else {
            throw ManifestError(.badValue, "--storage is the name of a PersistentVolumeClaim; found no such name")
        }
        self.job = job
        self.image = image
        self.claim = claim
    }

    /// The manifest, two documents of YAML.
    package var text: String {
        let shards = YAMLNode.map([
            ("apiVersion", .text("batch/v1")),
            ("kind", .text("Job")),
            ("metadata", metadata(job.name, "shards")),
            (
                "spec",
                .map([
                    ("completions", .number(job.shards)),
                    ("parallelism", .number(job.shards)),
                    ("completionMode", .text("Indexed")),
                    ("backoffLimitPerIndex", .number(job.retries)),
                    ("podFailurePolicy", failurePolicy(action: "FailIndex", exitCodes: [2])),
                    ("template", pod.template(job.shardArguments, component: "shards", variables: job.variables)),
                ])
            ),
        ])
        let merge = YAMLNode.map([
            ("apiVersion", .text("batch/v1")),
            ("kind", .text("Job")),
            ("metadata", metadata("\(job.name)-merge", "merge")),
            (
                "spec",
                .map([
                    ("suspend", .flag(true)),
                    ("backoffLimit", .number(job.retries)),
                    // A verdict is a result: it is not asked for again.
                    ("podFailurePolicy", failurePolicy(action: "FailJob", exitCodes: [1, 2, 4, 5, 6, 7])),
                    ("template", pod.template(job.mergeArguments, component: "merge", variables: job.mergeVariables)),
                ])
            ),
        ])
        return (head + shards.lines + ["---"] + merge.lines).joined(separator: "\n") + "\n"
    }

    private var pod: KubernetesPod { KubernetesPod(job: job, image: image, claim: claim) }

    private var head: [String] {
        job.headLines([
            "kubectl apply -f FILE",
            "kubectl wait --for=condition=Complete --timeout=-1s job/\(job.name)",
            "kubectl patch job/\(job.name)-merge --type=merge -p '{\"spec\":{\"suspend\":false}}'",
            "kubectl logs -f job/\(job.name)-merge",
        ])
    }

    private func metadata(_ name: String, _ component: String) -> YAMLNode {
        .map([("name", .text(name)), ("labels", pod.labels(component))])
    }

    /// A pod that had to leave its node counts for nothing; these exit codes are not tried again.
    private func failurePolicy(action: String, exitCodes: [Int]) -> YAMLNode {
        .map([
            (
                "rules",
                .list([
                    .map([
                        ("action", .text("Ignore")),
                        (
                            "onPodConditions",
                            .list([.map([("type", .text("DisruptionTarget")), ("status", .text("True"))])])
                        ),
                    ]),
                    .map([
                        ("action", .text(action)),
                        (
                            "onExitCodes",
                            .map([
                                ("containerName", .text("coldstart")),
                                ("operator", .text("In")),
                                ("values", .list(exitCodes.map(YAMLNode.number))),
                            ])
                        ),
                    ]),
                ])
            )
        ])
    }
}
