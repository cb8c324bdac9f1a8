package import Reports

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes the file of a shard: beside its place first, into it once it is whole.
///
/// A file that was not completed is removed with the writer. One that is already in the place is replaced where it is the
/// same shard of the same work, as an engine that tries again makes it; otherwise it is left alone.
package final class ShardWriter {
    private static let bufferSize = 1 << 16

    /// The file's path.
    package let path: String
    private let part: String
    private let output: OutputDescriptor
    private let start: ContinuousClock.Instant
    private var buffer: [UInt8] = []
    private var digest = XXHash64()
    /// How many units were written.
    package private(set) var units = 0
    private var last = -1
    private var isComplete = false

    /// Begins the file of a shard.
    ///
    /// - Parameters:
    ///   - shard: The shard.
    ///   - work: What is divided.
    ///   - plan: What the command knows of the whole work, as JSON.
    ///   - folder: Where the file goes; made where it is missing.
    ///   - start: When the work began.
    /// - Throws: `ReportError` where it cannot be written, `foreignFile` where something else is in its place.
    package init(
        _ shard: Shard,
        of work: ShardWork,
        plan: String = "{}",
        in folder: String,
        since start: ContinuousClock.Instant = .now
    ) throws(ReportError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw ReportError(.cannotWrite, "\(folder): the folder for shards cannot be made; name one that can")
        }
        self.start = start
        path = folder + "/" + shard.fileName
        // Attempts at one shard may run side by side, on machines whose processes have the same numbers.
        let attempt = XXHash64.text(of: UInt64.random(in: 0 ... .max))
        part = folder + "/.\(shard.fileName).\(attempt).part"
        let header = ShardHeader(shard, of: work)
        if FileManager.default.fileExists(atPath: path) {
            guard let there = try? ShardFile(path), there.header == header else {
                throw ReportError(
                    .foreignFile,
                    "\(path): is there and not the result of this shard of this work; remove it, or name another folder"
                )
            }
        }
        output = try OutputDescriptor(creating: part)
        buffer += ReportEncoding.line(header).utf8
        write(line: ShardLines.plan, plan)
    }

    deinit {
        if !isComplete { unlink(part) }
    }

    /// Writes a unit.
    ///
    /// - Parameters:
    ///   - number: Its number in the whole work; larger than that of the unit before.
    ///   - content: What came of it, as JSON; the line feed at its end, where there is one, is left out.
    /// - Throws: `ReportError` where it cannot be written.
    package func write(unit number: Int, _ content: String) throws(ReportError) {
        precondition(number > last, "unit \(number) comes after \(last)")
        last = number
        units += 1
        write(line: ShardLines.unit + String(number).utf8 + ShardLines.content, content)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Completes the file and puts it into its place.
    ///
    /// - Parameters:
    ///   - total: How many units the whole work has.
    ///   - summary: What the command has to say of the shard, as JSON.
    /// - Throws: `ReportError` where it cannot be written.
    package func finish(total: Int, summary: String = "{}") throws(ReportError) {
        precondition(last < total, "unit \(last) of \(total)")
        let digest = digest.text
        write(line: ShardLines.summary, summary)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let end = ShardEnd(units: units, total: total, digest: digest, seconds: seconds)
        buffer += ReportEncoding.line(end).utf8
        try flush()
        try output.finish()
        guard rename(part, path) == 0 else {
            throw ReportError(.cannotWrite, "\(path): cannot be written: \(String(cString: strerror(errno)))")
        }
        isComplete = true
    }

    private func write(line begin: [UInt8], _ content: String) {
        let from = buffer.count
        buffer += begin
        buffer += content.utf8
        if buffer.last == ShardLines.lineFeed { buffer.removeLast() }
        buffer.append(ShardLines.close)
        buffer.append(ShardLines.lineFeed)
        buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[from...])) }
    }

    private func flush() throws(ReportError) {
        try output.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
