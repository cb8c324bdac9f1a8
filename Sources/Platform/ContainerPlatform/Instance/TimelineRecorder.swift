/// A timeline that is kept, or not: what is not recorded costs nothing.
struct TimelineRecorder: Sendable {
    /// What happened; empty unless recorded.
    private(set) var timeline = Timeline()
    /// Whether the timeline is kept.
    let isRecording: Bool

    /// Creates an empty recorder.
    init(isRecording: Bool) { self.isRecording = isRecording }

    /// Keeps room for so many entries, where any are kept.
    mutating func reserve(_ count: Int) {
        if isRecording { timeline.entries.reserveCapacity(count) }
    }

    /// Appends an event.
    @inline(__always)
    mutating func record(_ event: @autoclosure () -> TimelineEvent, at moment: Duration) {
        guard isRecording else { return }
        timeline.entries.append(Timeline.Entry(moment: moment, event: event()))
    }
}
