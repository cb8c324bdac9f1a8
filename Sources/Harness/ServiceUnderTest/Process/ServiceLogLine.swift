import ContainerPlatform
import Domain
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

    /// Reads a line, `nil` where it is not of this kind.
    init?(_ line: LoggedLine) {
        guard line.text.hasPrefix("{"),
            let read = try? JSONReader.decode(Self.self, from: line.text.utf8)
        else { return nil }
        self = read
    }
}

extension ProcessRun {
    /// Takes what a line says of errors, of the stages of initialisation and of faults.
    func take(_ line: LoggedLine) {
        errorLines.take(line)
        guard let said = ServiceLogLine(line) else { return }
        // A rehearsal says of a stage that hangs what no real service could.
        let words = said.message.split(separator: " ")
        if words.count == 3, words[0] == "rehearsal:", words[2] == "hangs" { record(.stageHung(String(words[1]))) }
        guard let name = said.stage, let stage = InitialisationStage(rawValue: name) else { return }
        let elapsed = Duration.seconds((said.milliseconds.flatMap(Double.init) ?? 0) / 1000) * setup.speed
        switch said.message {
        case "stage finished":
            record(.stageFinished(name, elapsed: elapsed))
            faults.stageFinished(stage, at: now)
        case "initialisation failed":
            record(.stageFailed(name, elapsed: elapsed))
        default:
            break
        }
    }
}
