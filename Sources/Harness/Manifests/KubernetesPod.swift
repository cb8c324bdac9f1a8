/// The pods of a job: one container without privileges, which writes nowhere but to the volume and to `/tmp`.
struct KubernetesPod {
    /// The job.
    let job: ShardedJob
    /// The container image.
    let image: String
    /// The name of the PersistentVolumeClaim.
    let claim: String

    /// The user of the image, who is not root.
    private static let user = 10_001

    /// Returns labels that tell the job's shards from its merge.
    func labels(_ component: String) -> YAMLNode {
        .map([
            ("app.kubernetes.io/name", .text("coldstart")),
            ("app.kubernetes.io/instance", .text(job.name)),
            ("app.kubernetes.io/component", .text(component)),
        ])
    }

    /// Returns what a Job makes its pods of.
    ///
    /// - Parameters:
    ///   - arguments: The program's arguments, which it gets as they are.
    ///   - component: What the pods do, for their labels.
    ///   - variables: Their variables.
    /// - Returns: A `PodTemplateSpec`.
    func template(_ arguments: [String], component: String, variables: [YAMLNode]) -> YAMLNode {
        let amounts = YAMLNode.map([
            ("cpu", .text("\(job.resources.cores)")), ("memory", .text("\(job.resources.mebibytes)Mi")),
        ])
        let container = YAMLNode.map(
            [
                ("name", .text("coldstart")),
                ("image", .text(image)),
                // A dollar sign would begin a variable.
                ("args", .list(arguments.map { .text($0.replacing("$", with: "$$")) })),
            ]
                + (variables.isEmpty ? [] : [("env", .list(variables))])
                + [
                    ("resources", .map([("requests", amounts), ("limits", amounts)])),
                    (
                        "securityContext",
                        .map([
                            ("allowPrivilegeEscalation", .flag(false)),
                            ("readOnlyRootFilesystem", .flag(true)),
                            ("capabilities", .map([("drop", .list([.text("ALL")]))])),
                        ])
                    ),
                    (
                        "volumeMounts",
                        .list([
                            .map([("name", .text("data")), ("mountPath", .text(KubernetesManifest.mountPath))]),
                            .map([("name", .text("tmp")), ("mountPath", .text("/tmp"))]),
                        ])
                    ),
                ]
        )
        let specification = YAMLNode.map([
            ("restartPolicy", .text("Never")),
            ("activeDeadlineSeconds", .number(job.resources.minutes * 60)),
            ("automountServiceAccountToken", .flag(false)),
            (
                "securityContext",
                .map([
                    ("runAsNonRoot", .flag(true)),
                    ("runAsUser", .number(Self.user)),
                    ("runAsGroup", .number(Self.user)),
                    ("fsGroup", .number(Self.user)),
                    ("seccompProfile", .map([("type", .text("RuntimeDefault"))])),
                ])
            ),
            ("containers", .list([container])),
            (
                "volumes",
                .list([
                    .map([
                        ("name", .text("data")),
                        ("persistentVolumeClaim", .map([("claimName", .text(claim))])),
                    ]),
                    .map([("name", .text("tmp")), ("emptyDir", .map([]))]),
                ])
            ),
        ])
        return .map([("metadata", .map([("labels", labels(component))])), ("spec", specification)])
    }
}
