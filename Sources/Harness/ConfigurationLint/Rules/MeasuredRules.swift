/// Rules that compare a configuration with a start that was measured.
enum MeasuredRules {
    /// A start that takes longer than the last attempt waits for.
    static func startAfterLastAttempt(_ context: RuleContext) -> [FindingDraft] {
        guard let measured = context.measured else { return [] }
        return context.startupProbes.compactMap { container, probe in
            guard let handler = probe.onlyHandler, let delay = probe.number(.initialDelaySeconds),
                let period = probe.number(.periodSeconds), let threshold = probe.number(.failureThreshold),
                let timeout = probe.number(.timeoutSeconds)
            else { return nil }
            let connects = handler.kind == .tcpSocket
            guard let needed = connects ? measured.timeToListen : measured.timeToReady else { return nil }
            // Cloud Run tries a connection for as long as the last attempt may take.
            let last = Double(delay) + Double(threshold - 1) * Double(period)
            let window = last + (connects && context.isCloudRun ? Double(timeout) : 0)
            guard needed > window else { return nil }
            let entry = probe.entry(.failureThreshold) ?? probe.entry
            let enough = Int((Double(needed) - Double(delay)) / Double(max(1, period))) + 2
            return FindingDraft(
                entry.place,
                "the measured start (\(measured.starts) recorded) needs \(Seconds.text(needed)) and the startup probe of "
                    + "\(container.title) waits \(Seconds.text(window)): \(context.name(.initialDelaySeconds)) + "
                    + "(\(context.name(.failureThreshold)) - 1) x \(context.name(.periodSeconds))",
                fix: .proposal("\(context.name(.failureThreshold)): \(enough)")
            )
        }
    }

    /// A probe that passes when the program listens, though it is ready later.
    static func passesTooEarly(_ context: RuleContext) -> [FindingDraft] {
        guard context.isCloudRun, context.workload.kind == .service, !context.workload.isPartial,
            let listens = context.measured?.timeToListen, let ready = context.measured?.timeToReady,
            ready - listens > 1,
            let container = context.workload.ingressContainer, !container.isConditional
        else { return [] }
        let probe = container.probe(.startup)
        guard probe == nil || probe?.onlyHandler?.kind == .tcpSocket else { return [] }
        let place = probe.map { $0.onlyHandler?.entry.keyRange ?? $0.entry.keyRange } ?? container.range
        return [
            FindingDraft(
                place,
                "the measured start listens after \(Seconds.text(listens)) and is ready after \(Seconds.text(ready)): a "
                    + "probe that only connects passes \(Seconds.text(ready - listens)) too early, and requests come"
            )
        ]
    }

    /// Loading that goes on when the platform takes the CPU away.
    static func loadStarves(_ context: RuleContext) -> [FindingDraft] {
        guard !context.workload.keepsCPU, let early = passesTooEarly(context).first else { return [] }
        return [
            FindingDraft(
                early.range,
                "after the probe has passed, CPU is given only while a request is served: what still loads starves; set "
                    + "cpu-throttling to false (cpu_idle in API v2), or answer the probe when all is loaded"
            )
        ]
    }

    /// A period that rounds the start up.
    static func roundedUp(_ context: RuleContext) -> [FindingDraft] {
        guard let ready = context.measured?.timeToReady else { return [] }
        return context.startupProbes.compactMap { _, probe in
            guard let handler = probe.onlyHandler, handler.kind != .tcpSocket || !context.isCloudRun,
                let delay = probe.number(.initialDelaySeconds), let period = probe.number(.periodSeconds), period >= 10
            else { return nil }
            let attempts = max(0, ((ready - Double(delay)) / Double(period)).rounded(.up))
            let seen = Double(delay) + attempts * Double(period)
            guard seen - ready > 1 else { return nil }
            return FindingDraft(
                (probe.entry(.periodSeconds) ?? probe.entry).place,
                "\(context.described(.periodSeconds, of: probe)): the measured start is ready after "
                    + "\(Seconds.text(ready)) and seen at \(Seconds.text(seen)); requests that wait longer than about "
                    + "10 s may get 429"
            )
        }
    }

    /// A limit that the start alone exceeds.
    static func memory(_ context: RuleContext) -> [FindingDraft] {
        guard let peak = context.measured?.peakMemory else { return [] }
        return context.workload.memoryLimits.compactMap { entry in
            guard let text = entry.value.text, let limit = MemoryText.bytes(text), limit < peak else { return nil }
            return FindingDraft(
                entry.place,
                "the memory limit \(text) is below the \(peak >> 20) MiB that the measured start takes: it looks like a "
                    + "failed probe (CANCELLED)"
            )
        }
    }
}

/// Sizes of memory as Kubernetes and Cloud Run write them.
enum MemoryText {
    private static let units: [(suffix: String, bytes: Double)] = [
        ("Ki", 1024), ("Mi", 1_048_576), ("Gi", 1_073_741_824), ("k", 1e3), ("M", 1e6), ("G", 1e9),
    ]

    /// Returns the bytes of `512Mi` and the like; `nil` for anything else.
    static func bytes(_ text: String) -> Int? {
        let unit = units.first { text.hasSuffix($0.suffix) }
        let digits = text.dropLast(unit?.suffix.count ?? 0)
        guard let number = Double(digits), number >= 0, number < 1e12 else { return nil }
        return Int(number * (unit?.bytes ?? 1))
    }
}
