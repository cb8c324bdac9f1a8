/// What a platform does on its own account: limits, waiting times and observed delays.
package struct PlatformProfile: Hashable, Sendable, Codable {
    /// The name by which scenarios choose the profile.
    package var name: String
    /// The container's name in log lines.
    package var containerName: String
    /// The port that requests and probes without a port of their own go to.
    package var containerPort: Int
    /// The name of that port, by which a probe may ask for it (Kubernetes).
    package var portName: PortName?
    /// The longest a request may take, the wait for a starting instance included.
    package var requestTimeout: Duration
    /// The most requests an instance works on at a time.
    package var concurrency: Int
    /// The time from SIGTERM to SIGKILL.
    package var terminationGrace: Duration
    /// How long the startup boost lasts after the instance has started.
    package var boostTail: Duration
    /// The delay of the first attempt beyond the configured one, drawn once an instance.
    ///
    /// Observed on Cloud Run: 0.22 to 0.24 s from the line `Starting new instance` (n = 3).
    package var firstAttemptJitter: ClosedRange<Duration>
    /// How long after a port opens a waiting TCP attempt has connected (observed: 3.8 ms, n = 1).
    package var connectionNotice: Duration
    /// How long an HTTP attempt takes from the request to the answer of a server that answers (observed: 1 ms, n = 1).
    package var answerDelay: Duration
    /// The delay from a process's exit to the failure of the start, drawn once an instance.
    ///
    /// Observed on Cloud Run: 77 to 122 ms (n = 2); after an out-of-memory kill under 1 ms.
    package var exitNotice: ClosedRange<Duration>
    /// Which of the limits that Cloud Run has stated hold.
    package var limits = ProbeLimits.disputed
    /// What the kubelet does, where there is one: it has a worker for each probe, and restarts containers.
    package var kubelet: KubeletSettings?
    /// Whether a TCP attempt goes on trying to connect until its deadline, instead of being one try.
    package var retriesConnecting: Bool
    /// Whether a started container gets traffic before its readiness probe has said anything.
    package var isReadyOnceStarted: Bool
    /// Whether a failed liveness probe ends the process by SIGKILL at once, instead of SIGTERM and a grace.
    package var livenessKillsAtOnce: Bool
    /// What becomes of a request that comes before the instance has got traffic.
    package var whileStarting: UnreadyTraffic
    /// What becomes of a request that comes while a started instance is not ready.
    package var whileUnready: UnreadyTraffic
    /// How long a new revision may take to get a ready instance; absent where nothing but the probe limits it.
    package var progressDeadline: Duration?
    /// The time from that deadline to the moment at which the instance is taken away.
    package var scaleDownWait: Duration

    /// Creates a profile; the defaults are Cloud Run's.
    package init(
        name: String,
        containerName: String = "app-1",
        containerPort: Int = 8080,
        requestTimeout: Duration = .seconds(300),
        concurrency: Int = 80,
        terminationGrace: Duration = .seconds(10),
        boostTail: Duration = .seconds(10),
        firstAttemptJitter: ClosedRange<Duration> = .milliseconds(220) ... .milliseconds(240),
        connectionNotice: Duration = .microseconds(3800),
        answerDelay: Duration = .milliseconds(1),
        exitNotice: ClosedRange<Duration> = .milliseconds(77) ... .milliseconds(122),
        kubelet: KubeletSettings? = nil,
        retriesConnecting: Bool = true,
        isReadyOnceStarted: Bool = true,
        livenessKillsAtOnce: Bool = true,
        whileStarting: UnreadyTraffic = .waits,
        whileUnready: UnreadyTraffic = .elsewhere,
        progressDeadline: Duration? = nil,
        scaleDownWait: Duration = .zero
    ) {
        self.name = name
        self.containerName = containerName
        self.containerPort = containerPort
        self.requestTimeout = requestTimeout
        self.concurrency = concurrency
        self.terminationGrace = terminationGrace
        self.boostTail = boostTail
        self.firstAttemptJitter = firstAttemptJitter
        self.connectionNotice = connectionNotice
        self.answerDelay = answerDelay
        self.exitNotice = exitNotice
        self.kubelet = kubelet
        self.retriesConnecting = retriesConnecting
        self.isReadyOnceStarted = isReadyOnceStarted
        self.livenessKillsAtOnce = livenessKillsAtOnce
        self.whileStarting = whileStarting
        self.whileUnready = whileUnready
        self.progressDeadline = progressDeadline
        self.scaleDownWait = scaleDownWait
    }

    /// Google Cloud Run, fully managed services.
    package static let cloudRun = PlatformProfile(name: "cloud-run")

    /// A pod of one container behind a service of Kubernetes: nothing queues, and the container is restarted.
    package static let kubernetes = PlatformProfile(
        name: "kubernetes",
        containerName: "app",
        concurrency: 1_000_000,
        terminationGrace: .seconds(30),
        boostTail: .zero,
        firstAttemptJitter: .zero ... .zero,
        connectionNotice: .milliseconds(1),
        exitNotice: .zero ... .zero,
        kubelet: KubeletSettings(),
        retriesConnecting: false,
        isReadyOnceStarted: false,
        livenessKillsAtOnce: false,
        whileStarting: .refused,
        whileUnready: .refused
    )

    /// A revision of Knative serving: a pod whose queue-proxy asks for readiness, and an activator that queues requests.
    ///
    /// The grace is the revision's request timeout. What the queue-proxy adds to a stop is left out.
    package static let knative: PlatformProfile = {
        var profile = kubernetes
        profile.name = "knative"
        profile.containerName = "user-container"
        profile.terminationGrace = profile.requestTimeout
        profile.whileStarting = .waits
        profile.whileUnready = .waits
        profile.progressDeadline = .seconds(600)
        profile.scaleDownWait = .seconds(30)
        return profile
    }()

    /// Every profile, by whose names scenarios choose.
    package static let all: [PlatformProfile] = [.cloudRun, .kubernetes, .knative]
}
