/// The platform that starts a container and probes it.
package enum LintPlatform: String, CaseIterable, Sendable {
    /// Cloud Run, fully managed.
    case cloudRun = "cloud-run"
    /// The kubelet.
    case kubernetes
    /// Knative Serving on a cluster.
    case knative

    /// The name in sentences.
    package var title: String {
        switch self {
        case .cloudRun: "Cloud Run"
        case .kubernetes: "Kubernetes"
        case .knative: "Knative"
        }
    }
}

/// The language and the API in which a workload is described.
enum WorkloadForm: Sendable {
    /// Kubernetes manifests, and Knative's.
    case manifest
    /// Cloud Run's API v1: Knative's form.
    case cloudRunV1
    /// Cloud Run's API v2.
    case cloudRunV2
    /// Terraform's resources of API v1.
    case terraformV1
    /// Terraform's resources of API v2.
    case terraformV2
    /// Terraform's resources of Kubernetes.
    case terraformKubernetes
    /// The arguments of a Terraform module whose files are not known.
    case terraformModule
    /// A command line of gcloud.
    case commandLine

    /// Whether names are written with underscores.
    var isTerraform: Bool {
        switch self {
        case .terraformV1, .terraformV2, .terraformKubernetes, .terraformModule: true
        case .manifest, .cloudRunV1, .cloudRunV2, .commandLine: false
        }
    }

    /// Returns the name of a field as this form writes it.
    func spelled(_ name: String) -> String { isTerraform ? CanonicalName.snake(name) : name }
}

/// What a workload is for.
enum WorkloadKind: Sendable {
    /// It answers requests.
    case service
    /// It ends by itself.
    case job
    /// It pulls its work.
    case workerPool
    /// Containers of Kubernetes, whatever they are for.
    case pod
}
