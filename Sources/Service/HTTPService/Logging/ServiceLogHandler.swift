package import Logging

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The service's log: a line for each event, as text for people or as JSON for a log collector.
package struct ServiceLogHandler: LogHandler {
    /// How an event is written.
    package enum Format: String, Sendable, CaseIterable {
        /// Time, level, message and `key=value` pairs.
        case text
        /// An object with `time`, `level`, `message` and a member for each key.
        case json
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?

    private let format: Format
    private let output: LogOutput

    /// Creates a handler.
    package init(format: Format, level: Logger.Level = .info, output: LogOutput) {
        self.format = format
        self.logLevel = level
        self.output = output
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        for more in [metadataProvider?.get(), event.metadata] {
            all.merge(more ?? [:]) { $1 }
        }
        if let error = event.error { all["error"] = "\(error)" }
        let members = all.sorted { $0.key < $1.key }
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        switch format {
        case .text:
            var line = "\(time) \(event.level.rawValue) \(Self.oneLine("\(event.message)"))"
            for (key, value) in members { line += " \(key)=\(Self.text(of: value))" }
            output.write(line: line)
        case .json:
            let reserved: Set = ["time", "level", "message"]
            let head: [(String, JSONText)] = [
                ("time", .string(time)), ("level", .string(event.level.rawValue)),
                ("message", .string("\(event.message)")),
            ]
            let rest = members.map { (reserved.contains($0.key) ? "_" + $0.key : $0.key, Self.json(of: $0.value)) }
            output.write(json: JSONText.object(head + rest).text)
        }
    }

    private static func json(of value: Logger.Metadata.Value) -> JSONText {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string("\(value)")
        case .array(let values): .array(values.map(json))
        case .dictionary(let values):
            .object(values.sorted { $0.key < $1.key }.map { ($0.key, json(of: $0.value)) })
        }
    }

    private static func text(of value: Logger.Metadata.Value) -> String {
        if case .array(let values) = value { return "[" + values.map(text).joined(separator: ", ") + "]" }
        let text = "\(value)"
        let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { $0 > " " && $0 != "\"" && $0 != "\u{7f}" }
        return isPlain ? text : JSONText.string(text).text
    }

    /// Escapes line breaks, so that a message cannot pass for a second entry.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 }))
    }
}
