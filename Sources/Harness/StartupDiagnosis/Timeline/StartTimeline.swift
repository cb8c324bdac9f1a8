package import Domain

/// The start of one instance as a log shows it: its moments and the stages of the program, with how long they took.
///
/// A stage whose beginning no line shows begins where the stage before it ended, or with the instance; one whose end no
/// line shows has no duration.
package struct StartTimeline: Hashable, Sendable {
    /// One stage of the program's start.
    package struct Stage: Hashable, Sendable {
        /// Its name, as the program's lines or the patterns give it.
        package let name: String
        /// When it began.
        package let startTime: Timestamp?
        /// When it ended.
        package let endTime: Timestamp?
        /// How many seconds it took; 0 where that is not known.
        package let seconds: Double
        /// Whether the beginning was inferred from what stands before it.
        package let isStartInferred: Bool
        /// The line of its beginning.
        let beginning: Evidence?
        /// The line of its end.
        let ending: Evidence?
        /// How many of these seconds the instance had a request; `nil` where it is not known.
        package let busySeconds: Double?
    }

    /// The subject.
    package let subject: Subject
    /// When the platform said that it starts the instance.
    package let started: Timestamp?
    /// When the program said that it listens.
    package let listening: Timestamp?
    /// The port that it said.
    package let port: Int?
    /// When the startup probe passed.
    package let ready: Timestamp?
    /// When it ended, or the probe failed.
    package let ended: Timestamp?
    /// The stages in the order in which they ended.
    package let stages: [Stage]

    /// The lines that show the stages, in the order of the stages.
    package var evidence: [Evidence] {
        stages.flatMap { [$0.beginning, $0.ending].compactMap(\.self) }
    }

    /// Makes the timeline of a subject.
    init(of subject: SubjectCase) {
        let record = subject.record
        self.subject = record.subject
        started = record[.instanceStarting]?.first.time ?? record.program.firstTime
        listening = record[.listening]?.first.time
        port = record[.listening].flatMap { ListeningLine($0.first).port }
        ready = record[.startupPassed]?.first.time
        ended = [.startupFailed, .livenessFailed, .userDisabled, .exited, .endedBySignal, .memoryExceeded, .terminated]
            .compactMap { record[$0]?.first.time }.min()
        stages = Self.stages(of: record, since: started)
    }

    private static func stages(of record: SubjectRecord, since started: Timestamp?) -> [Stage] {
        let marks = record.program.marks.enumerated()
            .sorted { left, right in
                let (one, other) = (left.element.time?.microseconds ?? 0, right.element.time?.microseconds ?? 0)
                return one == other ? left.offset < right.offset : one < other
            }
            .map(\.element)
        var open: [String: StageMark] = [:]
        var stages: [Stage] = []
        var before = started
        for mark in marks {
            guard case .ends(let stated) = mark.edge else {
                open[mark.stage] = mark
                continue
            }
            let begun = open.removeValue(forKey: mark.stage)
            let end = mark.time
            let inferred = stated.flatMap { seconds in end?.advanced(byMicroseconds: Int64(-seconds * 1e6)) } ?? before
            let start = begun?.time ?? inferred
            let span = start.flatMap { start in end.map { Double($0.microseconds - start.microseconds) / 1e6 } }
            stages.append(
                Stage(
                    name: mark.stage,
                    startTime: start,
                    endTime: end,
                    seconds: max(0, stated ?? span ?? 0),
                    isStartInferred: begun == nil && stated == nil,
                    beginning: begun.map { Evidence(place: $0.place, text: $0.source.string) },
                    ending: Evidence(place: mark.place, text: mark.source.string),
                    busySeconds: start.flatMap { start in
                        end.flatMap { record.requests.busySeconds(from: start, to: $0) }
                    }
                )
            )
            before = end ?? before
        }
        return stages
    }
}
