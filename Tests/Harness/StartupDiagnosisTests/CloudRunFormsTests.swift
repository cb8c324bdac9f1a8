import Testing

@testable import StartupDiagnosis

/// The forms in which people have what Cloud Run said.
struct CloudRunFormsTests {
    private static let failed =
        "Default STARTUP TCP probe failed 1 time consecutively for container \"a-1\" on port 8080. The instance was not "
        + "started. Connection failed with status DEADLINE_EXCEEDED."

    /// A document as `gcloud logging read` prints it where no format is asked for.
    private static func document(_ text: String, instance: String = "00aa", at time: String, log: String = "system")
        -> String
    {
        """
        ---
        insertId: x
        labels:
          instanceId: \(instance)
        logName: projects/p/logs/run.googleapis.com%2Fvarlog%2F\(log)
        resource:
          labels:
            revision_name: a-00001-x
            service_name: a
          type: cloud_run_revision
        severity: ERROR
        textPayload: \(text)
        timestamp: '\(time)'

        """
    }

    /// An entry in JSON.
    private static func entry(_ fields: String, at second: Int, log: String = "varlog%2Fsystem") -> String {
        """
        {"timestamp":"2026-03-01T10:00:\(second)Z","logName":"projects/p/logs/run.googleapis.com%2F\(log)",\
        "resource":{"type":"cloud_run_revision","labels":{"service_name":"a","revision_name":"a-1"}},\
        "labels":{"instanceId":"00aa"},\(fields)}

        """
    }

    private static let passed = entry(
        "\"textPayload\":\"Default STARTUP TCP probe succeeded after 1 attempt for container \\\"a-1\\\" on port 8080.\"",
        at: 10
    )

    static let documents = [
        WrittenForm(
            "folded, newest first",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            of: "00aa",
            document(
                "¦Default STARTUP TCP probe failed 1 time consecutively for container \"a-1\"\n  on port 8080. "
                    + "The instance was not started. Connection failed with status DEADLINE_EXCEEDED.",
                at: "2026-03-01T10:04:00.3Z"
            )
                + document(
                    "'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started\n  due to traffic'",
                    at: "2026-03-01T10:00:00.1Z"
                )
        ),
        WrittenForm(
            "two instances",
            .exit,
            .certain,
            isDeath: true,
            of: "00bb",
            document("Container called exit(0).", at: "2026-03-01T10:04:00Z")
                + document("¦Container called exit(7).", instance: "00bb", at: "2026-03-01T10:04:00Z")
        ),
        WrittenForm(
            "a block of lines",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            document(
                "|-\n  STARTUP HTTP probe ¦failed 12 times consecutively for container \"a\" on port 8080 path \"/p\". "
                    + "The instance was not started.\n  HTTP request returned status 503 Service Unavailable.",
                at: "2026-03-01T10:04:00Z"
            )
        ),
        WrittenForm(
            "the program's own log is not the platform's",
            .unknown,
            .possible,
            isDeath: nil,
            document("Container called exit(7).", at: "2026-03-01T10:04:00Z", log: "other")
        ),
    ]

    static let pasted = [
        WrittenForm(
            "a member of JSON",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            "  \"textPayload\": \"¦\(failed)\",\n"
        ),
        WrittenForm("quoted in Markdown", .startupProbeFailed, .certain, isDeath: true, "> ¦\(failed)\n"),
        WrittenForm(
            "American times",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            "Mar 1, 2026, 1:04:00.300 PM ¦\(failed)\nMar 1, 2026, 10:00:00 AM Starting new instance. Reason: X - y\n"
        ),
        WrittenForm("a time of day", .startupProbeFailed, .certain, isDeath: true, "10:04:00.300 ERROR ¦\(failed)\n"),
        WrittenForm(
            "semicolons",
            .exit,
            .certain,
            isDeath: true,
            "timestamp;text_payload\n2026-03-01T10:00:00Z;¦Container called exit(2).\n"
        ),
        WrittenForm(
            "tabs",
            .exit,
            .certain,
            isDeath: true,
            "timestamp\ttextPayload\n2026-03-01T10:00:00Z\t¦Container called exit(2).\n"
        ),
        WrittenForm(
            "a line of keys in a log hides nothing",
            .exit,
            .certain,
            isDeath: true,
            "status:\n  a: b\nERROR: no\n2026-03-01T10:00:00Z ¦Container called exit(2).\n"
        ),
        WrittenForm(
            "nor a sentence that looks like one",
            .execFailed,
            .certain,
            isDeath: true,
            "status:\n  a: b\nterminated: Application failed to start: failed to load /x: ¦exec format error\n"
        ),
        WrittenForm(
            "Flask on the loopback address",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            " * Running on http://¦127.0.0.1:8080\n¦\(failed)\n"
        ),
    ]

    static let deployments = [
        WrittenForm(
            "gcloud is done",
            .noDeath,
            .likely,
            isDeath: false,
            "Service [a] revision [a-1] ¦has been deployed and is serving 100 percent of traffic.\n"
        ),
        WrittenForm(
            "Terraform is done",
            .noDeath,
            .likely,
            isDeath: false,
            "google_cloud_run_v2_service.a: ¦Creation complete after 13s [id=x]\n"
        ),
        WrittenForm(
            "a refused argument",
            .neverStarted,
            .certain,
            isDeath: true,
            "ERROR: (gcloud.run.deploy) ¦INVALID_ARGUMENT: x\n"
        ),
        WrittenForm(
            "a quota",
            .neverStarted,
            .certain,
            isDeath: true,
            "│ Error: Error code 8, message: ¦Quota exceeded for total allowable CPU per project per region.\n"
        ),
        WrittenForm(
            "a program's own error 400",
            .unknown,
            .possible,
            isDeath: nil,
            "googleapi: Error 400: Invalid value\n"
        ),
        WrittenForm(
            "API v2",
            .startupProbeFailed,
            .certain,
            isDeath: true,
            of: "service a",
            """
            {"name": "projects/p/locations/x/services/a", "terminalCondition": {"type": "Ready",
              "state": "CONDITION_FAILED", "message": "The container ¦failed the configured startup probe checks."}}
            """
        ),
    ]

    static let ends = [
        WrittenForm(
            "an idle instance that ends as it is told",
            .noDeath,
            .possible,
            isDeath: false,
            passed + entry("\"textPayload\":\"¦SIGTERM received\"", at: 40, log: "stdout")
                + entry("\"textPayload\":\"¦Container called exit(0).\"", at: 41)
        ),
        WrittenForm(
            "an exit long after a word about SIGTERM",
            .exit,
            .certain,
            isDeath: true,
            passed + entry("\"textPayload\":\"SIGTERM handler is set\"", at: 12, log: "stdout")
                + entry("\"textPayload\":\"¦Container called exit(0).\"", at: 50)
        ),
        WrittenForm(
            "answers that need no instance",
            .unknown,
            .possible,
            isDeath: nil,
            entry(
                "\"httpRequest\":{\"status\":429},\"textPayload\":\"The request was aborted because ¦there was no available "
                    + "instance.\"",
                at: 10,
                log: "requests"
            )
        ),
        WrittenForm(
            "the kernel",
            .oom,
            .likely,
            isDeath: true,
            "[1.2] M¦emory cgroup out of memory: Killed process 4 (python)\n"
        ),
    ]

    @Test(arguments: documents + pasted + deployments + ends)
    func `is read as what it says`(form: WrittenForm) throws { try form.check() }

    @Test func `a task's execution is no second subject, and its timeout no crash`() throws {
        let labels = "\"run.googleapis.com/execution_name\":\"j-1\""
        func entry(_ labels: String, _ text: String) -> String {
            """
            {"logName":"projects/p/logs/run.googleapis.com%2Fvarlog%2Fsystem","resource":{"type":"cloud_run_job",\
            "labels":{"job_name":"j"}},"labels":{\(labels)},"textPayload":"\(text)"}

            """
        }
        let text =
            entry(labels, "Execution j-1 has failed to complete, 0/1 tasks were a success.")
            + entry(
                labels + ",\"run.googleapis.com/task_index\":\"0\"",
                "¦Terminating task because it has reached the maximum timeout of 600 seconds."
            )
        try WrittenForm("timeout", .unknown, .likely, isDeath: true, of: "task 0", text).check()
        try WrittenForm("no other", .unknown, .likely, isDeath: true, text).check()
    }
}
