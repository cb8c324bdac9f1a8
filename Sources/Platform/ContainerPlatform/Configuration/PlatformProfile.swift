/// What a platform does on its own account: limits, waiting times and observed delays.
package struct PlatformProfile: Hashable, Sendable, Codable {
    /// The name by which scenarios choose the profile.
    package var name: String
    /// The container's name in log lines.
    package var containerName: String
    /// The port that requests and probes without a port of their own go to.
    package var containerPort: Int
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
        exitNotice: ClosedRange<Duration> = .milliseconds(77) ... .milliseconds(122)
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
    }

    /// Google Cloud Run, fully managed services.
    package static let cloudRun = PlatformProfile(name: "cloud-run")

    /// Every profile, by whose names scenarios choose.
    package static let all: [PlatformProfile] = [.cloudRun]
}
