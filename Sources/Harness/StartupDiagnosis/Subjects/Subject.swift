/// What a verdict is about: an instance, a revision, a container or a job's task, by the names that the input states.
package struct Subject: Hashable, Sendable, Codable {
    /// `cloud-run`, `kubernetes` or `knative`; `nil` where the input does not tell.
    package var platform: String?
    /// The monitored resource's type, such as `cloud_run_job`.
    package var type: String?
    /// The service, or the worker pool.
    package var service: String?
    /// The revision.
    package var revision: String?
    /// The instance.
    package var instance: String?
    /// The job.
    package var job: String?
    /// The execution of the job.
    package var execution: String?
    /// The task of the execution.
    package var task: String?
    /// The namespace of a pod or another object.
    package var namespace: String?
    /// The pod.
    package var pod: String?
    /// The container.
    package var container: String?
    /// Another object, such as `ReplicaSet/shop-6f5c`.
    package var object: String?
    /// The file, where the input states no other name.
    package var file: String?

    /// Creates a subject without a name.
    package init() {}

    /// Whether nothing but a file is known.
    var isUnnamed: Bool {
        [service, revision, instance, job, pod, container, object].allSatisfy { $0 == nil }
    }

    /// The subject in a line, the narrowest name last.
    package var text: String {
        let names: [(String, String?)] = [
            ("service", instance == nil && revision == nil ? service : nil), ("job", job), ("execution", execution),
            ("task", task), ("revision", revision), ("instance", instance), ("namespace", namespace), ("pod", pod),
            ("object", object), ("container", container), ("file", isUnnamed ? file : nil),
        ]
        let known = names.compactMap { name, value in value.map { name == "object" ? $0 : "\(name) \($0)" } }
        return known.isEmpty ? "the input" : known.joined(separator: ", ")
    }
}
