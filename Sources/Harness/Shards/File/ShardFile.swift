import Reports

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The result of a shard as it lies in a file: its first and its last lines.
package struct ShardFile: Sendable {
    /// The longest first or last line, in bytes.
    private static let lineLimit = 1 << 26

    /// The file's path.
    package let path: String
    /// Which shard of what.
    package let header: ShardHeader
    /// What the command knows of the whole work, as JSON; empty where a set has it once for all of its shards.
    package private(set) var plan: String
    /// What the command has to say of the shard, as JSON.
    package let summary: String
    /// What the end says.
    package let end: ShardEnd
    /// Where the line of the plan begins, that of the first unit, and that of the summary.
    let places: (plan: Int, units: Int, summary: Int)

    /// Reads a file's first and last lines.
    ///
    /// - Throws: `ShardError` where it cannot be read, is no shard's result, was cut short or has another version.
    package init(_ path: String) throws(ShardError) {
        self.path = path
        let file = try OpenShard(path)
        let first = try file.line(at: 0, limit: Self.lineLimit)
        guard first.starts(with: ShardLines.start.utf8) else {
            throw ShardError(
                .notAShard,
                "\(path): is not the result of a shard (the first line begins with \(ShardLines.start))"
            )
        }
        guard let version = try? ReportEncoding.decode(Version.self, from: String(decoding: first, as: UTF8.self)),
            version.version == ShardLines.version
        else {
            throw ShardError(
                .notAShard,
                "\(path): is a shard of another version, expected \(ShardLines.version); make it again with this version"
            )
        }
        guard let header = try? ReportEncoding.decode(ShardHeader.self, from: String(decoding: first, as: UTF8.self)),
            (try? Shard(header.shard, of: header.of)) != nil
        else {
            throw ShardError(.notAShard, "\(path):1: says of no shard what it is; make it again")
        }
        self.header = header
        let planLine = try file.line(at: first.count + 1, limit: Self.lineLimit)
        guard let plan = Self.value(of: planLine, after: ShardLines.plan) else {
            throw ShardError(.notAShard, "\(path):2: is not the plan of a shard; the file was cut short or changed")
        }
        self.plan = plan
        let (summaryPlace, last) = try file.lastLines(2, limit: Self.lineLimit)
        guard last.count == 2, let summary = Self.value(of: last[0], after: ShardLines.summary),
            let end = try? ReportEncoding.decode(ShardEnd.self, from: String(decoding: last[1], as: UTF8.self)),
            end.coldstart == "end", end.units >= 0, end.total >= end.units
        else {
            throw ShardError(
                .notAShard,
                "\(path): was cut short: the last line is not the end of shard \(header.shard)/\(header.of); run it again"
            )
        }
        self.summary = summary
        self.end = end
        places = (first.count + 1, first.count + planLine.count + 2, summaryPlace)
    }

    /// The shard; the header was checked.
    package var index: Int { header.shard }

    /// The same without its plan.
    var withoutPlan: ShardFile {
        var file = self
        file.plan = ""
        return file
    }

    /// Whether another file holds the same: the same units of the same shard, whatever the time that they took.
    package func isSame(as other: ShardFile) -> Bool {
        index == other.index && end.digest == other.end.digest && end.units == other.end.units
            && end.total == other.end.total
    }

    /// What the command has to say of the shard.
    ///
    /// - Throws: `ShardError` where it says something else.
    package func summary<Summary: Decodable>(as type: Summary.Type) throws(ShardError) -> Summary {
        guard let summary = try? ReportEncoding.decode(type, from: summary) else {
            throw ShardError(.changed, "\(path): the summary was changed after it was written; run the shard again")
        }
        return summary
    }

    private struct Version: Decodable {
        let version: Int
    }

    private static func value(of line: [UInt8], after begin: [UInt8]) -> String? {
        guard line.starts(with: begin), line.last == ShardLines.close else { return nil }
        return String(decoding: line[begin.count..<(line.count - 1)], as: UTF8.self)
    }
}
