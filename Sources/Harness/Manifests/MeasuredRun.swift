/// What one shard took when it was run by hand.
package struct MeasuredRun: Hashable, Sendable {
    /// The most memory that its process held, in bytes.
    package let peakMemory: Int
    /// The seconds of processor time, its own and the system's.
    package let processorTime: Double
    /// The seconds from its start to its end.
    package let wallTime: Double

    /// Creates a measurement.
    package init(peakMemory: Int, processorTime: Double, wallTime: Double) {
        self.peakMemory = peakMemory
        self.processorTime = processorTime
        self.wallTime = wallTime
    }

    /// Reads what `time -v` of GNU time writes about a command (time(1)).
    ///
    /// - Parameter text: Its lines, of which `Maximum resident set size (kbytes)`, `User time (seconds)`,
    ///   `System time (seconds)`, `Elapsed (wall clock) time (h:mm:ss or m:ss)` and `Exit status` are read.
    /// - Throws: ``ManifestError`` where a line is missing or is no number, or where the command failed.
    package init(timeReport text: some StringProtocol) throws(ManifestError) {
        var values: [Substring: Substring] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let line = Substring(line).drop { $0 == "\t" || $0 == " " }
            // The names hold colons themselves: the value stands behind the last one that a blank follows.
            guard let colon = line.ranges(of: ": ").last else { continue }
            values[line[..<colon.lowerBound]] = line[colon.upperBound...]
        }
        func value(_ name: String) throws(ManifestError) -> Substring {
            guard let value = values[Substring(name)] else {
                throw ManifestError(.unreadable, "the line \"\(name)\" is missing; \(Self.advice)")
            }
            return value
        }
        func number(_ name: String) throws(ManifestError) -> Double {
            let text = try value(name)
            guard let number = Double(text), number.isFinite, number >= 0 else {
                throw ManifestError(.unreadable, "\"\(name)\" is no number; \(Self.advice)")
            }
            return number
        }
        let status = try number("Exit status")
        guard status == 0 else {
            throw ManifestError(.unreadable, "the command that was measured ended with \(Int(status)), not with 0")
        }
        let kilobytes = try number("Maximum resident set size (kbytes)")
        let user = try number("User time (seconds)")
        let system = try number("System time (seconds)")
        let elapsed = try value("Elapsed (wall clock) time (h:mm:ss or m:ss)")
        var seconds = 0.0
        for part in elapsed.split(separator: ":", omittingEmptySubsequences: false) {
            guard let number = Double(part), number.isFinite, number >= 0 else {
                throw ManifestError(.unreadable, "the elapsed time is no h:mm:ss; \(Self.advice)")
            }
            seconds = seconds * 60 + number
        }
        guard kilobytes > 0, kilobytes < 1e12, seconds < 1e8, user + system < 1e10 else {
            throw ManifestError(.unreadable, "memory or time is out of all reason; \(Self.advice)")
        }
        self.init(peakMemory: Int(kilobytes) << 10, processorTime: user + system, wallTime: seconds)
    }

    /// How a measurement is made.
    package static let advice =
        "measure one shard: /usr/bin/time -v -o measured.txt coldstart … --shard 0/64 --output trial (Debian's package "
        + "time)"
}
