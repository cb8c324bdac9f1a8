/// Containers that start together, as one place of a file describes them.
struct Workload: Sendable {
    /// The file.
    let file: SourceFile
    /// What starts them.
    let platform: LintPlatform
    /// Whether the file does not say which platform that is.
    var isPlatformGuessed = false
    /// How they are described.
    let form: WorkloadForm
    /// What they are for.
    let kind: WorkloadKind
    /// Where the description begins and ends.
    let range: Range<Int>
    /// The containers in their order.
    var containers: [ProbedContainer] = []
    /// Annotations of the template.
    var templateAnnotations: [ConfigurationEntry] = []
    /// Which container waits for which.
    var dependencies: [Dependency] = []
    /// Whether there is a GPU; `nil` where the file does not say.
    var hasGPU: Bool? = false
    /// Whether this is a part that is laid over something else, so that nothing follows from what is not there.
    var isPartial = false
    /// Where the number of instances is set to none.
    var disabledAt: Range<Int>?
    /// Whether requests from outside cannot reach it.
    var isInternal = false
    /// Whether the CPU is given outside of requests too.
    var keepsCPU = false
    /// The limits of memory.
    var memoryLimits: [ConfigurationEntry] = []
    /// Which instance of several it is, as messages say it.
    var instance: String?
    /// The call of the Terraform module that it stands in, as messages say it; `nil` where nobody calls it.
    var call: String?
    /// Probes that stand beside the containers in place of in them.
    var misplacedProbes: [ConfigurationEntry] = []
    /// Values that hold probes, as their text says, and could not be evaluated.
    var unevaluated: [ConfigurationEntry] = []
    /// Settings of a GitHub action that it does not have.
    var ignoredInputs: [ConfigurationEntry] = []
    /// Flags and keys of a command line that do not exist.
    var unknownFlags: [UnknownFlag] = []

    /// A container that starts only after another one.
    struct Dependency: Sendable {
        /// The container that waits.
        let container: String
        /// The one that is waited for.
        let on: String
        /// Where that is written.
        let range: Range<Int>
    }

    /// A flag, or a key in its value, that gcloud does not know.
    struct UnknownFlag: Sendable {
        /// The flag or the key.
        let name: String
        /// The flag whose value the key is in; `nil` for a flag.
        let flag: String?
        /// Where it is written.
        let range: Range<Int>
    }

    /// The containers that are not run before the others.
    var mainContainers: [ProbedContainer] { containers.filter { !$0.isInitContainer } }

    /// The container that takes requests: the one with a port, or the only one.
    var ingressContainer: ProbedContainer? {
        let withPort = mainContainers.filter { !$0.ports.isEmpty }
        if withPort.count == 1 { return withPort[0] }
        return mainContainers.count == 1 ? mainContainers[0] : nil
    }
}

/// A container with its probes.
struct ProbedContainer: Sendable {
    /// Its name.
    let name: String?
    /// Where its description begins and ends.
    let range: Range<Int>
    /// Its image.
    let image: String?
    /// Its ports.
    let ports: [Port]
    /// Its command, arguments and environment, as `NAME=value`.
    let words: [String]
    /// Its probes.
    let probes: [Probe]
    /// Keys that look like probes and are none.
    let misnamedProbes: [ConfigurationEntry]
    /// Whether it is run before the others.
    let isInitContainer: Bool
    /// Whether it, or what is in it, depends on what the file does not decide.
    let isConditional: Bool

    /// A port of a container.
    struct Port: Sendable {
        /// Its name.
        let name: String?
        /// Its number; `nil` where it is not known.
        let number: Int?
        /// Whether its name, or all of it, is not in the file.
        var isUnknown = false
    }

    /// Returns the probe of a kind.
    func probe(_ kind: Probe.Kind) -> Probe? { probes.first { $0.kind == kind } }

    /// The name in quotes, for messages.
    var title: String { name.map { "container \"\($0)\"" } ?? "the container" }
}
