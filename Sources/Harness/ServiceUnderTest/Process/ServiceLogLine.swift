import Formats
import Observations

/// A line of the service's log in JSON, as far as the harness reads it.
struct ServiceLogLine: Decodable {
    /// The message.
    var message: String
    /// The stage of initialisation that it is about.
    var stage: String?
    /// How long something took.
    var milliseconds: String?
    /// The CPU time that the process used meanwhile.
    var cpuMilliseconds: String?

    private enum CodingKeys: String, CodingKey {
        case message, stage, milliseconds
        case cpuMilliseconds = "cpu_milliseconds"
    }

    /// Reads a line, `nil` where it is not of this kind.
    init?(_ line: LoggedLine) {
        guard line.text.hasPrefix("{"),
            let read = try? JSONReader.decode(Self.self, from: line.text.utf8)
        else { return nil }
        self = read
    }
}
