extension LintRule {
    /// Rules about how probes are written, on every platform.
    static let formatRules: [LintRule] = [
        LintRule(
            "P1",
            .error,
            "unknown or misplaced field",
            """
            The commonest defect that was found in public: timing fields inside httpGet or tcpSocket. kubectl reports \
            unknown fields, helm only warns, and the defaults apply in silence. What Knative does with one is \
            unverified. Terraform refuses the plan.
            """,
            check: FieldRules.unknownFields
        ),
        LintRule(
            "P3",
            .error,
            "no port has this name",
            """
            A probe may name a port of its own container. A name that none has makes every attempt an error ("port \"x\" \
            not found", before 2026 "strconv.Atoi: parsing"), and errors never count: no kill, never ready (source of \
            the kubelet, three reports).
            """,
            check: PortRules.unknownPortName
        ),
        LintRule(
            "P4",
            .error,
            "successThreshold must be 1",
            """
            For startup and liveness probes the API refuses anything else: "successThreshold: Invalid value: 2: must \
            be 1" (seen, and in the API's reference). Readiness may have more.
            """,
            check: ValueRules.successThreshold
        ),
        LintRule(
            "P5",
            .error,
            "gcloud has no such flag or key",
            """
            Probes are set by --startup-probe, --liveness-probe and --readiness-probe with keys such as httpGet.path. \
            Flags that people invent are refused: --health-check-path, --http-startup-probe, --startup-probe-path; so \
            are keys: "Key [path] not recognized for startup probe".
            """,
            check: WorkloadRules.unknownFlags
        ),
        LintRule(
            "P6",
            .info,
            "a value that is not in the file",
            """
            A variable without a default, a placeholder or an expression of another program: the value is not known \
            here, and no rule that needs it says anything. That is no fault of the file.
            """,
            check: ValueRules.unknownValues
        ),
        LintRule(
            "P9",
            .error,
            "Knative: threshold or timeout in the aggressive mode",
            """
            Where periodSeconds of a readiness probe is 0 or not given, Knative's queue-proxy asks every 50 ms by itself \
            and its validation refuses failureThreshold and timeoutSeconds: "failureThreshold is disallowed when \
            periodSeconds is zero" (source of the webhook).
            """,
            check: KnativeRules.aggressiveWithThresholds
        ),
        LintRule(
            "P10",
            .warn,
            "liveness that kills at the first miss",
            """
            Without a startup probe liveness begins at its own delay; with failureThreshold 1 a single miss restarts the \
            container, also while it still starts (reported for a tunnel that connects slowly; its maintainers run a \
            higher threshold). On Cloud Run the default startup probe stands before liveness.
            """,
            check: WorkloadRules.livenessWithoutStart
        ),
        LintRule(
            "P11",
            .info,
            "timeout longer than period on Kubernetes",
            """
            Kubernetes does not compare the two (kubernetes#39633). Attempts never overlap: a long one delays the next \
            (source of the kubelet). Cloud Run would refuse the same probe.
            """,
            check: TimingRules.longAttempts
        ),
        LintRule(
            "P12",
            .info,
            "Knative may ignore readiness timing during the start",
            """
            One report for Knative 1.8 saw delay and period ignored until the first success; no maintainer answered, and \
            today's behaviour is unverified.
            """,
            check: KnativeRules.ignoredTiming
        ),
        LintRule(
            "P13",
            .error,
            "a field that is no whole number",
            """
            Delays, periods, timeouts and thresholds are whole numbers, without a unit. Kubernetes refuses texts, also \
            "5" in quotes: a string cannot become an int32. Cloud Run and Terraform take digits in quotes.
            """,
            check: ValueRules.notANumber
        ),
        LintRule(
            "P-annot",
            .error,
            "annotation of Knative in a template of API v2",
            """
            API v2 has fields for what annotations say in v1 and refuses annotations of run.googleapis.com, \
            cloud.googleapis.com, serving.knative.dev and autoscaling.knative.dev (definition of the API).
            """,
            check: WorkloadRules.annotationsInV2
        ),
        LintRule(
            "P-path",
            .error,
            "empty path",
            """
            The path of httpGet must not be an empty text on Cloud Run (definition of the API; its answer is \
            unverified). Left out it is "/".
            """,
            check: HandlerRules.emptyPath
        ),
    ]

    /// Rules about documents as a whole, which the reading of files finds.
    static let documentRules: [LintRule] = [
        LintRule(
            "P2",
            .error,
            "a key that is given twice",
            """
            YAML and HCL have each key once. kubectl and Terraform refuse the file; others take the last value in \
            silence. Here the last one counts, and all rules go on.
            """
        ),
        LintRule(
            "P7",
            .error,
            "syntax error",
            "The text is not well-formed. Other documents of the file, and other lines of HCL, are read all the same."
        ),
        LintRule(
            "P8",
            .info,
            "a template",
            """
            A template engine writes this part. What it writes is not guessed: render the template first (helm template, \
            kustomize build, envsubst) and give the result. Probes without a template in them are checked.
            """
        ),
        LintRule(
            "S1",
            .warn,
            "a suppression that does not count",
            """
            `# coldstart-lint: disable=W9 reason` keeps a finding of its line, or of the block below it, from being \
            reported. It needs the ids of rules that exist and a reason.
            """
        ),
    ]
}
