import Domain

/// Who wrote an entry, as far as the format tells.
enum EntryOrigin {
    /// The platform: the system log of Cloud Run, the kubelet, a controller.
    case platform
    /// The program in the container.
    case program
    /// The request log.
    case request
    /// An audit entry.
    case audit
    /// The format does not tell, as in a text that was pasted.
    case unknown

    /// Whether a sentence of the platform may stand in the entry: a program may quote one, too.
    var mayBePlatform: Bool { self == .platform || self == .unknown || self == .audit || self == .request }
}

/// One entry of a log, as every reader makes it: it holds as long as the function that is handed it runs.
struct LogEntry {
    /// The words by which an entry names what it is about, as they are written; empty where it does not say.
    struct Names {
        /// The monitored resource's type, such as `cloud_run_revision`.
        var resourceType = PlacedText.empty
        /// The service, or the worker pool.
        var service = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The revision.
        var revision = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The instance.
        var instance = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The container.
        var container = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The job.
        var job = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The execution of the job, with its task where that is stated.
        var execution = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The task of the execution.
        var task = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The pod.
        var pod = UnsafeRawBufferPointer(start: nil, count: 0)
        /// The pod's namespace.
        var namespace = UnsafeRawBufferPointer(start: nil, count: 0)

        /// Takes the value of a label of Cloud Logging, where it is a name.
        mutating func take(_ value: UnsafeRawBufferPointer, ofLabel label: UnsafeRawBufferPointer) {
            switch label.count {
            case 10 where label.equals("instanceId"): instance = value
            case 13 where label.equals("revision_name"): revision = value
            case 12 where label.equals("service_name"), 16 where label.equals("worker_pool_name"): service = value
            case 14 where label.equals("container_name"): container = value
            case 8 where label.equals("job_name"): job = value
            case 8 where label.equals("pod_name"): pod = value
            case 14 where label.equals("namespace_name"): namespace = value
            case 33 where label.equals("run.googleapis.com/execution_name"): execution = value
            case 29 where label.equals("run.googleapis.com/task_index"): task = value
            default: break
            }
        }
    }

    /// An answered request.
    struct Request {
        /// The HTTP status, 0 where it is not stated.
        var status = 0
        /// How long it took, in microseconds; it ends at the entry's time.
        var latency: Int64 = 0
    }

    /// Who wrote it.
    var origin = EntryOrigin.unknown
    /// When it was written, `nil` where that is not stated with a date.
    var time: Timestamp?
    /// The names that it states.
    var names = Names()
    /// The message.
    var text = PlacedText.empty
    /// The request that it is about.
    var request: Request?
    /// The port that stands beside the message.
    var port: Int?
    /// The stage of initialisation that stands beside the message.
    var stage = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The milliseconds that stand beside the message.
    var milliseconds: Int?
    /// The method of an audit entry, such as `google.cloud.run.v2.Services.UpdateService`.
    var method = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The whole payload of an audit entry.
    var payload = PlacedText.empty
}
