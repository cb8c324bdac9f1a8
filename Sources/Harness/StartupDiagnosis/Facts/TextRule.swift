/// A literal text of a platform or a program, and what a line says that has it.
///
/// The texts are those of sections 2.6, 3 and 8 of the facts on startup probes that the project keeps beside its code;
/// those of Kubernetes and Knative are printed by kubelet, scheduler, controllers and queue-proxy.
struct TextRule {
    /// Where in a message the text may stand.
    enum Position {
        /// At its beginning, where a program that quotes it does not have it.
        case start
        /// Anywhere.
        case anywhere
    }

    /// Who may have written the line.
    enum Author {
        /// The platform alone.
        case platform
        /// The program alone.
        case program
        /// Either.
        case anyone
    }

    /// The text.
    let fragment: StaticString
    /// What the line says.
    let kind: FactKind
    /// Where the text may stand.
    let position: Position
    /// Who may have written it.
    let author: Author
    /// Another text that the line must have; `nil` for none.
    let requires: StaticString?
    /// What evidence points at: the text itself, or the beginning of the line (`nil`) where the text stands there.
    let mark: StaticString?

    /// Creates a rule of the platform.
    init(
        _ fragment: StaticString,
        _ kind: FactKind,
        _ position: Position = .anywhere,
        by author: Author = .platform,
        mark: StaticString? = nil,
        requires: StaticString? = nil
    ) {
        self.fragment = fragment
        self.kind = kind
        self.position = position
        self.author = author
        self.requires = requires
        self.mark = mark ?? (position == .anywhere ? fragment : nil)
    }

    /// Whether somebody of this origin may have written it.
    func allows(_ origin: EntryOrigin) -> Bool {
        switch author {
        case .platform: origin.mayBePlatform
        case .program: origin == .program || origin == .unknown
        case .anyone: true
        }
    }
}

extension TextRule {
    /// Every rule; where several hold for a line, each is a fact.
    static let all: [TextRule] = cloudRun + deployment + requests + execution + program + kubernetes + knative

    private static let cloudRun = [
        TextRule("Starting new instance. Reason: ", .instanceStarting, .start),
        TextRule("Default STARTUP TCP probe succeeded after ", .startupPassed, .start, mark: "probe succeeded after"),
        TextRule("STARTUP TCP probe succeeded after ", .startupPassed, .start, mark: "probe succeeded after"),
        TextRule("STARTUP HTTP probe succeeded after ", .startupPassed, .start, mark: "probe succeeded after"),
        TextRule("STARTUP GRPC probe succeeded after ", .startupPassed, .start, mark: "probe succeeded after"),
        TextRule("Default STARTUP TCP probe failed ", .startupFailed, .start),
        TextRule("STARTUP TCP probe failed ", .startupFailed, .start, mark: "failed "),
        TextRule("STARTUP HTTP probe failed ", .startupFailed, .start, mark: "failed "),
        TextRule("STARTUP GRPC probe failed ", .startupFailed, .start, mark: "failed "),
        TextRule("HTTP request returned status ", .probeAnswered, .start),
        TextRule("LIVENESS HTTP probe succeeded ", .livenessPassed, .start),
        TextRule("LIVENESS TCP probe succeeded ", .livenessPassed, .start),
        TextRule("LIVENESS GRPC probe succeeded ", .livenessPassed, .start),
        TextRule("LIVENESS HTTP probe failed ", .livenessFailed, .start),
        TextRule("LIVENESS TCP probe failed ", .livenessFailed, .start),
        TextRule("LIVENESS GRPC probe failed ", .livenessFailed, .start),
        TextRule("READINESS ", .readinessLine, .start),
        TextRule("Shutting down user disabled instance", .userDisabled, .start),
        TextRule("Container called exit(", .exited, .start),
        TextRule("The container exited with an error", .exited),
        TextRule("Container terminated on signal ", .endedBySignal, .start),
        TextRule("Uncaught signal: ", .uncaughtSignal, .start),
        TextRule("Memory limit of ", .memoryExceeded, .start),
        // Older gcloud put these words before what the instance had logged.
        TextRule("Cloud Run error: Memory limit of ", .memoryExceeded, mark: "Memory limit of "),
        TextRule("The configured memory limit was reached", .memoryExceeded),
        TextRule("Terminating task because it has reached the maximum timeout", .taskTimedOut),
        TextRule("The configured timeout was reached", .taskTimedOut),
        TextRule("Execution ", .executionFailed, .start, requires: "has failed to complete"),
        TextRule("Execution ", .succeeded, .start, requires: "completed successfully"),
    ]

    private static let deployment = [
        TextRule("to Cloud Run service [", .deploying),
        TextRule("user-provided container ran out of memory", .memoryAtDeploy, mark: "ran out of memory"),
        TextRule("ailed to start and listen on the port", .portMessage, mark: "failed to start and listen"),
        TextRule("Failed to start and then listen on the port", .portMessage),
        TextRule("failed the configured startup probe checks", .configuredProbeMessage),
        TextRule("Ready condition status changed to True", .readyTrue, mark: "True"),
        TextRule("Ready condition status changed to False", .readyFalse, mark: "False"),
        TextRule("Image '", .imageMissing, mark: "not found.", requires: "not found."),
        TextRule("must have permission to read the image", .imageMissing),
        TextRule("Container import failed", .imageMissing),
        TextRule("VPC connector ", .configurationRefused, requires: "does not exist"),
        TextRule("Permission denied on secret", .secretDenied),
        TextRule("secret_key_ref", .secretDenied),
        TextRule("must be less than period_seconds", .configurationRefused),
        TextRule("must have startup probe specified", .configurationRefused),
        TextRule("exactly one container with an exposed port", .configurationRefused),
        TextRule("is not ready and cannot serve traffic", .readyFalse),
        TextRule("has been deployed and is serving", .readyTrue),
        TextRule("Creation complete after ", .readyTrue, requires: "google_cloud_run"),
        TextRule("Modifications complete after ", .readyTrue, requires: "google_cloud_run"),
        TextRule("INVALID_ARGUMENT: ", .configurationRefused, requires: "(gcloud."),
        TextRule("FAILED_PRECONDITION: ", .configurationRefused, requires: "(gcloud."),
        TextRule("RESOURCE_EXHAUSTED: ", .configurationRefused, requires: "(gcloud."),
        TextRule("PERMISSION_DENIED: ", .configurationRefused, requires: "(gcloud."),
        TextRule("googleapi: Error 400: ", .configurationRefused, requires: "ing Service: googleapi"),
        TextRule(": Invalid value: ", .configurationRefused, requires: " is invalid: "),
        TextRule("Quota exceeded for total allowable ", .configurationRefused),
        TextRule("quota exceeded", .configurationRefused, requires: "failed to initialize in this region"),
        TextRule("Service is disabled", .serviceDisabled),
    ]

    private static let requests = [
        TextRule(
            "HTTP response was malformed or connection to the instance had an error",
            .requestBroken,
            mark: "malformed or connection"
        ),
        TextRule("the instance failed the readiness check", .requestWaitedInVain),
        TextRule("the instance could not start successfully", .requestStartFailed),
        TextRule("there was no available instance", .requestWithoutInstance),
        TextRule("reached its maximum container instance limit", .requestWithoutInstance),
        TextRule("it has reached the maximum request timeout", .requestTimedOut),
        TextRule("found to be using too much memory and was terminated", .memoryInRequest),
    ]

    private static let execution = [
        TextRule("exec format error", .execFailed, by: .anyone),
        TextRule("error finding executable", .execFailed),
        TextRule("not found (PATH=", .execFailed),
        TextRule("executable file not found in $PATH", .execFailed),
        TextRule("failed to create containerd task", .execFailed),
        TextRule("failed to create task for container", .execFailed),
        TextRule("OCI runtime create failed", .execFailed),
        TextRule("Failed to create init process", .execFailed),
        TextRule("exec user process caused", .execFailed, by: .anyone),
        TextRule("exec /", .execFailed, .start, by: .anyone, requires: ": no such file or directory"),
        TextRule("exec /", .execFailed, .start, by: .anyone, requires: ": permission denied"),
        TextRule("Application exec likely failed", .execFailedWithoutCause, .start),
        TextRule("Application failed to start: ", .execFailedWithoutCause),
        TextRule("may have exited abnormally", .execFailedWithoutCause),
    ]

    private static let program = [
        TextRule("istening", .listening, by: .program, mark: "listening"),
        TextRule("unning on http", .listening, by: .program, mark: "0.0.0.0"),
        TextRule("unning at http", .listening, by: .program, mark: "http"),
        TextRule("tarted server on ", .listening, by: .program, mark: "0.0.0.0"),
        TextRule("erving HTTP on ", .listening, by: .program, mark: "port "),
        TextRule("omcat started on port", .listening, by: .program, mark: "started on port"),
        TextRule("tarted at http", .listening, by: .program, mark: "0.0.0.0"),
        TextRule("erver started", .listening, by: .program),
        TextRule("startup complete", .listening, by: .program),
        TextRule("successfully started", .listening, by: .program),
        TextRule("erving on ", .listening, by: .program),
        TextRule("Finished server process [", .programStopping, by: .program),
        TextRule("Handling signal: term", .programStopping, by: .program),
        TextRule("SIGTERM", .programStopping, by: .program),
        TextRule("Traceback (most recent call last)", .crashText, by: .program),
        TextRule("SIGSEGV", .crashText, by: .program),
        TextRule("egmentation fault", .crashText, by: .program),
        TextRule("panic: ", .crashText, .start, by: .program),
        TextRule("fatal error: ", .crashText, by: .program),
        TextRule("std::bad_alloc", .crashText, by: .program),
        TextRule("OutOfMemoryError", .crashText, by: .program),
        TextRule("heap out of memory", .crashText, by: .program),
        TextRule("WORKER TIMEOUT (pid:", .workerTimeout, by: .program),
        TextRule(") was sent SIG", .workerKilled, by: .program, mark: "Perhaps out of memory"),
        TextRule("status code ", .outgoingFailure, by: .program),
        TextRule("ECONNREFUSED", .outgoingFailure, by: .program),
        TextRule("onnection refused", .outgoingFailure, by: .program),
        TextRule("etrying", .outgoingFailure, by: .program),
        TextRule("aiting for ", .outgoingFailure, by: .program),
    ]

    private static let kubernetes = [
        TextRule("Startup probe failed: ", .startupMissed),
        TextRule("Liveness probe failed: ", .livenessMissed),
        TextRule("Readiness probe failed: ", .readinessMissed),
        TextRule("probe errored", .probeErrored),
        TextRule("failed startup probe", .killedByStartupProbe),
        TextRule("failed liveness probe", .killedByLivenessProbe),
        TextRule("is unhealthy, it will be killed", .killedByLivenessProbe),
        TextRule("Stopping container ", .stopped),
        TextRule("PostStartHook", .hookFailed),
        TextRule("Back-off restarting failed", .backOff),
        TextRule("Started container", .containerStarted),
        TextRule("Container started", .containerStarted),
        TextRule("Back-off pulling image", .pullFailed),
        TextRule("Failed to pull image", .pullFailed),
        TextRule("ErrImagePull", .pullReason),
        TextRule("ImagePullBackOff", .pullReason),
        TextRule("ErrImageNeverPull", .pullReason),
        TextRule("InvalidImageName", .pullReason),
        TextRule("Failed to apply default image tag", .pullFailed),
        TextRule("Error: secret ", .containerConfigurationFailed, requires: "not found"),
        TextRule("Error: configmap ", .containerConfigurationFailed, requires: "not found"),
        TextRule("Error: couldn't find key", .containerConfigurationFailed),
        TextRule("CreateContainerConfigError", .containerConfigurationFailed),
        TextRule("nodes are available", .schedulingFailed),
        TextRule("System OOM encountered", .systemOutOfMemory),
        TextRule("emory cgroup out of memory: Kill", .kernelKilled, by: .anyone),
        TextRule("The node was low on resource", .evicted, mark: "exceeds its request"),
        TextRule("Scaled down replica set", .scaledDown),
        TextRule("Deleted pod: ", .scaledDown),
        TextRule("delete Pod ", .scaledDown, requires: "successful"),
        TextRule("ephemeral local storage usage exceeds", .evicted),
        TextRule("The node had condition", .evicted),
        TextRule("CrashLoopBackOff", .backOff),
    ]

    private static let knative = [
        TextRule("aggressive probe error (failed ", .aggressiveProbe, by: .anyone, mark: "failed "),
        TextRule("ProgressDeadlineExceeded", .progressDeadline),
    ]
}
