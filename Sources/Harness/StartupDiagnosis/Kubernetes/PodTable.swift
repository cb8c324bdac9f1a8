/// The table of `kubectl get pods`, with any of its columns: a row is a pod with its state in a word.
struct PodTable {
    private let nameColumn: Int
    private let statusColumn: Int
    private let readyColumn: Int
    private let namespaceColumn: Int?

    /// Reads the line of headings; `nil` for any other line.
    init?(_ line: PlacedText) {
        guard line.bytes.begins("NAME"), line.bytes.firstOffset(of: "STATUS") != nil else { return nil }
        let words = line.string.split { $0.isWhitespace }.map(String.init)
        guard let name = words.firstIndex(of: "NAME"), let status = words.firstIndex(of: "STATUS"),
            let ready = words.firstIndex(of: "READY"), words.contains("RESTARTS"), words.contains("AGE"), status <= 3
        else { return nil }
        (nameColumn, statusColumn, readyColumn) = (name, status, ready)
        namespaceColumn = words.firstIndex(of: "NAMESPACE")
    }

    /// Tells a collector what a row says.
    ///
    /// - Returns: Whether the line is a row.
    func take(_ line: PlacedText, _ collector: inout EvidenceCollector) -> Bool {
        let cells = line.bytes.split { $0 <= 0x20 }
        guard cells.count > max(nameColumn, statusColumn, readyColumn) else { return false }
        func text(_ column: Int) -> String { String(decoding: cells[column], as: UTF8.self) }
        let ready = text(readyColumn).split(separator: "/").compactMap { Int($0) }
        guard ready.count == 2 else { return false }
        var pod = Subject()
        pod.platform = "kubernetes"
        pod.pod = text(nameColumn)
        pod.namespace = namespaceColumn.map(text)
        var place = line.dropping(cells[statusColumn].startIndex)
        place.bytes = place.bytes.slice(0..<cells[statusColumn].count)
        tell(KeptText(place, around: 0, in: collector.file), isReady: ready[0] == ready[1], &collector, pod)
        return true
    }

    private func tell(
        _ status: KeptText,
        isReady: Bool,
        _ collector: inout EvidenceCollector,
        _ pod: Subject
    ) {
        // `Init:CrashLoopBackOff` is the state of a container before the pod's own.
        let word = status.string.hasPrefix("Init:") ? String(status.string.dropFirst(5)) : status.string
        switch word {
        case "Running": if isReady { collector.note(.running, status, about: pod) }
        case "Completed", "Succeeded": collector.note(.succeeded, status, about: pod)
        case "OOMKilled": collector.note(.oomKilled, status, about: pod)
        case "Evicted", "Preempting": collector.note(.evicted, status, about: pod)
        case "Terminating": collector.note(.deleting, status, about: pod)
        case "Error", "ContainerStatusUnknown", "NodeLost", "NodeShutdown", "Shutdown", "UnexpectedAdmissionError":
            collector.note(.podFailed, status, about: pod, name: word)
        case "RunContainerError", "StartError", "ContainerCannotRun":
            collector.note(.execFailed, status, about: pod)
        case "CreateContainerError": collector.note(.containerConfigurationFailed, status, about: pod)
        case let code where code.hasPrefix("ExitCode:"):
            collector.note(.terminated, status, about: pod, number: Int(code.dropFirst(9)))
        default: collector.take(status, about: pod, at: nil)
        }
    }
}
