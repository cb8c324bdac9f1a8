import Foundation

/// The Python reference in a process of its own, which runs one piece of work at a time when it is told to.
///
/// One JSON object a line in either direction, as `golden/reference/bench.py` and `metric_bench.py` say. The models stay loaded between
/// calls, so that runs of both sides can take turns.
final class PythonReference {
    private let process = Process()
    private let commands = Pipe()
    private let answers = Pipe()
    private var unread = Data()

    /// Starts the interpreter.
    ///
    /// - Parameters:
    ///   - interpreter: Python with the reference's requirements.
    ///   - folder: The folder that holds the package `reference`.
    ///   - module: Its module that takes the work.
    ///   - threads: The threads that PyTorch and NumPy may use.
    /// - Throws: The error of the system where no process can be started.
    init(interpreter: String, folder: String, module: String = "bench", threads: Int) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [interpreter, "-m", "reference.\(module)", "--threads", String(threads)]
        process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true)
        process.standardInput = commands
        process.standardOutput = answers
        try process.run()
    }

    deinit {
        try? commands.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Has one piece of work done and returns what it says.
    ///
    /// - Throws: ``BenchError`` where the process ended or answered something else.
    func call<Answer: Decodable>(_ work: ReferenceWork, as type: Answer.Type = Answer.self) throws -> Answer {
        var line = try JSONEncoder().encode(work)
        line.append(UInt8(ascii: "\n"))
        do {
            try commands.fileHandleForWriting.write(contentsOf: line)
        } catch {
            throw BenchError("the Python reference has ended before \"\(work.work)\"; its message is above")
        }
        let answer = try readLine(after: work)
        do {
            return try JSONDecoder().decode(type, from: answer)
        } catch {
            throw BenchError(
                "the Python reference answered \"\(work.work)\" with \(String(decoding: answer, as: UTF8.self))"
            )
        }
    }

    private func readLine(after work: ReferenceWork) throws -> Data {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                let line = unread[unread.startIndex..<end]
                unread = Data(unread[(end + 1)...])
                return line
            }
            let more = answers.fileHandleForReading.availableData
            guard !more.isEmpty else {
                throw BenchError("the Python reference ended during \"\(work.work)\"; its message is above")
            }
            unread.append(more)
        }
    }
}

/// A piece of work for the Python reference; what a kind of work does not need stays absent.
struct ReferenceWork: Encodable {
    /// A rating of the history.
    struct Rating: Encodable {
        /// The movie.
        let movieID: String
        /// Its rating.
        let rating: Double

        private enum CodingKeys: String, CodingKey {
            case movieID = "movie_id"
            case rating
        }
    }

    /// The kind: `versions`, `make`, `open_bundle`, `open_weights`, `open_model`, `first_ranking`, `svd`, `p5`,
    /// `soft_prompt`, `runtimes`, `runtime` or `memory`; `metrics_open` or `metrics`.
    var work: String
    /// The runtime, or the program of metrics, that is to do it.
    var name: String?
    /// The bundle, the folder or the file that it works on.
    var path: String?
    /// The bundle whose small files a made model copies.
    var bundle: String?
    /// The SVD model that ranks first.
    var svd: String?
    /// The ratings to fold in.
    var history: [Rating]?
    /// The movies to rank.
    var candidates: [String]?
    /// The prompts to answer.
    var prompts: [String]?
    /// What a soft prompt is trained on: prompts, each with the rating that answers it.
    var examples: [[String]]?
    /// The prompts of one batch.
    var batch: Int?

    /// Creates a piece of work.
    init(_ work: String, path: String? = nil) {
        self.work = work
        self.path = path
    }
}

/// What timed work took and came to.
struct ReferenceAnswer: Decodable {
    /// The time that passed, in seconds.
    let seconds: Double
    /// The processor time, in seconds.
    let cpu: Double
    /// The ranked movies, the generated texts or the metrics, where there are any.
    let answers: [String]?

    /// What the work took.
    var timing: Timing { Timing(seconds: seconds, cpu: cpu) }
}

/// What the reference stands on.
struct ReferenceVersions: Decodable {
    /// Version by package.
    let versions: [String: String]
    /// The threads that each program may use.
    let threads: [String: Int]
    /// The programs that are measured where they are installed, and are not.
    let missing: [String]
}

/// The peak of resident memory of the reference's process.
struct ReferenceMemory: Decodable {
    /// The peak in bytes.
    let bytes: Int
}
