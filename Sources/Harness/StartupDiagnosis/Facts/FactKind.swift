/// What a line of a log, an event or a status says, in the words of the platforms.
package enum FactKind: UInt8, Hashable, Sendable, CaseIterable {
    // Cloud Run, about an instance.
    /// `Starting new instance. Reason: …`
    case instanceStarting
    /// `… STARTUP … probe succeeded after …`
    case startupPassed
    /// `… STARTUP … probe failed … consecutively …`
    case startupFailed
    /// `HTTP request returned status …`, the second line of a failed HTTP probe.
    case probeAnswered
    /// `LIVENESS … probe succeeded …`
    case livenessPassed
    /// `LIVENESS … probe failed … consecutively …`
    case livenessFailed
    /// A line that begins with `READINESS`; its wording is not verified.
    case readinessLine
    /// `Shutting down user disabled instance`
    case userDisabled
    /// `Container called exit(N).`
    case exited
    /// `Container terminated on signal N.`
    case endedBySignal
    /// `Uncaught signal: N, pid=P`, of any process of the container.
    case uncaughtSignal
    /// `Memory limit of … exceeded with … used`
    case memoryExceeded
    /// The request log's sentence about an instance that used too much memory.
    case memoryInRequest
    /// A task of a job was ended because it ran longer than it may.
    case taskTimedOut
    /// An execution of a job failed; which of its tasks and why is not said.
    case executionFailed
    /// The program could not be started at all.
    case execFailed
    /// Another text that accompanies a program which could not be started, without a cause.
    case execFailedWithoutCause

    // Cloud Run, about a deployment.
    /// The line with which a deployment begins, which names the service.
    case deploying
    /// `The user-provided container ran out of memory.`
    case memoryAtDeploy
    /// The message about the port, which the default probe's failure gives.
    case portMessage
    /// `The user-provided container failed the configured startup probe checks.`
    case configuredProbeMessage
    /// `Ready condition status changed to True …`
    case readyTrue
    /// `Ready condition status changed to False …`
    case readyFalse
    /// The image is not there, or may not be read.
    case imageMissing
    /// A secret is not there, or may not be read.
    case secretDenied
    /// A configuration that is refused.
    case configurationRefused
    /// The owner set the number of instances to zero.
    case scaledToZero
    /// The owner deleted it.
    case deletedByOwner
    /// The owner changed it.
    case changedByOwner
    /// `Service is disabled`
    case serviceDisabled

    // The request log.
    /// The answer was malformed, or the connection broke.
    case requestBroken
    /// The instance that the request waited for failed its startup probe.
    case requestWaitedInVain
    /// The instance could not start.
    case requestStartFailed
    /// There was no instance.
    case requestWithoutInstance
    /// The request took too long.
    case requestTimedOut

    // The program's own lines.
    /// The program listens, or says that its start is complete.
    case listening
    /// The program says that it was told to end, or that it ended as it should.
    case programStopping
    /// A crash as the program or its runtime prints it.
    case crashText
    /// `WORKER TIMEOUT (pid:N)` of gunicorn.
    case workerTimeout
    /// `Worker (pid:N) was sent SIGKILL! Perhaps out of memory?` of gunicorn.
    case workerKilled
    /// A call of the program to something else that failed.
    case outgoingFailure

    // Kubernetes, about a container or a pod.
    /// `Startup probe failed: …`, one miss.
    case startupMissed
    /// `Liveness probe failed: …`, one miss.
    case livenessMissed
    /// `Readiness probe failed: …`, one miss.
    case readinessMissed
    /// A probe that could not be made, which counts for nothing.
    case probeErrored
    /// `Container X failed startup probe, will be restarted`
    case killedByStartupProbe
    /// `Container X failed liveness probe, will be restarted`
    case killedByLivenessProbe
    /// `Stopping container X`, the owner's decision.
    case stopped
    /// A hook after the start failed, and the container is killed for it.
    case hookFailed
    /// `Back-off restarting failed container`
    case backOff
    /// The container was started.
    case containerStarted
    /// The image cannot be pulled.
    case pullFailed
    /// The reason that kubelet gives for it, such as `ErrImagePull`.
    case pullReason
    /// A secret, a config map or a key that the container needs is not there.
    case containerConfigurationFailed
    /// No node takes the pod.
    case schedulingFailed
    /// A volume cannot be mounted, or the pod's network cannot be made.
    case podSetupFailed
    /// A controller could not create pods.
    case createFailed
    /// The pod was evicted.
    case evicted
    /// The node ran out of memory.
    case systemOutOfMemory
    /// The kernel killed a process for the memory of its group.
    case kernelKilled
    /// A terminated state with the reason `OOMKilled`.
    case oomKilled
    /// A terminated state with another reason.
    case terminated
    /// The pod is being deleted.
    case deleting
    /// The container or the revision is running and ready.
    case running
    /// The pod or the job ended as it should.
    case succeeded
    /// Another pod-level failure with a reason.
    case podFailed
    /// A controller scaled down or deleted the pod.
    case scaledDown
    /// The probe of the specification.
    case probeDescribed
    /// The memory limit of the specification.
    case memoryLimit
    /// A probe of a pod's specification, as `kubectl describe` prints it, with its kind in front.
    case probeSpecified
    /// When the container that runs was started.
    case containerBegan
    /// When all containers of the pod became ready.
    case podReady
    /// Where an event names its container.
    case containerNamed

    // Knative.
    /// `aggressive probe error (failed N times): …`
    case aggressiveProbe
    /// The condition `ProgressDeadlineExceeded`.
    case progressDeadline
    /// The condition `ContainerHealthy` is true.
    case containerHealthy
    /// The condition `ContainerHealthy` or `Ready` is false, with a reason that names the container's end.
    case containerUnhealthy
    /// The target gets no traffic.
    case noTraffic
}
