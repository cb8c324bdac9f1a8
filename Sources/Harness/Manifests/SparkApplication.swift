import SafeText

/// `coldstart rank` as an application of Spark, in Python: the lines of a file of sessions are piped through it, a part of
/// the file through each process, and the rankings are written in the order of the sessions.
///
/// See <https://spark.apache.org/docs/latest/api/python/reference/api/pyspark.RDD.pipe.html>. The program and the models
/// are on every worker.
package struct SparkApplication {
    /// The job.
    package let job: ShardedJob
    /// What each part is piped through, without the program.
    private let filter: [String]
    /// The file of sessions that the command names.
    private let sessions: String

    /// Creates an application.
    ///
    /// - Throws: ``ManifestError`` where the command is not `rank` over a file of sessions, prints anything but JSON Lines,
    ///   or needs secrets.
    package init(job: ShardedJob) throws(ManifestError) {
        guard job.command.first == "rank" else {
            throw ManifestError(.badValue, "Spark pipes lines, and only rank takes lines: expected -- rank …")
        }
        guard job.secrets.isEmpty else {
            throw ManifestError(.badValue, "--secret: rank needs no secret, and Spark would show it in its pages")
        }
        var rest = job.command
        guard let sessions = Self.take("--sessions", from: &rest), sessions != "-" else {
            throw ManifestError(.badValue, "rank has no --sessions FILE; it names what Spark reads")
        }
        let format = Self.take("--format", from: &rest) ?? "jsonl"
        guard format == "jsonl" else {
            throw ManifestError(.badValue, "--format is jsonl in a pipe of Spark, found \(format)")
        }
        self.job = job
        self.sessions = sessions
        filter = rest + ["--sessions", "-", "--format", "jsonl"]
    }

    /// Takes an option out of arguments and returns its value.
    private static func take(_ option: String, from arguments: inout [String]) -> String? {
        if let place = arguments.firstIndex(of: option), place + 1 < arguments.count {
            let value = arguments[place + 1]
            arguments.removeSubrange(place...(place + 1))
            return value
        }
        guard let place = arguments.firstIndex(where: { $0.hasPrefix(option + "=") }) else { return nil }
        return String(arguments.remove(at: place).dropFirst(option.utf8.count + 1))
    }

    /// The application.
    package var text: String {
        // The first line is read by the shell: a part without lines starts no program.
        let script =
            "IFS= read -r first || exit 0; { printf '%s\\n' \"$first\"; cat; } | exec coldstart \(ShellCommand(filter))"
        return """
            \(job.headLines(["spark-submit FILE [SESSIONS [RESULTS]]"], of: "part").joined(separator: "\n"))
            #
            # The files of RESULTS, one behind the other in the order of their names, are the output of the one command.
            from shlex import join
            from sys import argv

            from pyspark.sql import SparkSession

            SESSIONS = \(Self.literal(sessions))
            RESULTS = \(Self.literal(job.results))
            SCRIPT = \(Self.literal(script))


            def main(sessions=SESSIONS, results=RESULTS):
                spark = (
                    SparkSession.builder.appName(\(Self.literal(job.name)))
                    .config("spark.task.cpus", "\(job.resources.cores)")
                    .config("spark.task.maxFailures", "\(job.retries + 1)")
                    # The program's memory is not the JVM's; one part at a time runs in an executor.
                    .config("spark.executor.cores", "\(job.resources.cores)")
                    .config("spark.executor.memoryOverhead", "\(job.resources.mebibytes)m")
                    .getOrCreate()
                )
                lines = spark.sparkContext.textFile(sessions, \(job.shards))
                lines.pipe(join(["sh", "-c", SCRIPT]), checkCode=True).saveAsTextFile(results)
                spark.stop()


            if __name__ == "__main__":
                main(*argv[1:])

            """
    }

    /// Returns a text as a literal of Python, in ASCII.
    static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": literal += "\\\(scalar)"
            case " "..."~": literal.unicodeScalars.append(scalar)
            default:
                let hexadecimal = String(scalar.value, radix: 16)
                literal += "\\U" + String(repeating: "0", count: 8 - hexadecimal.count) + hexadecimal
            }
        }
        return literal + "\""
    }
}
