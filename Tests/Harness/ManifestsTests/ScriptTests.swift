import Foundation
import Manifests
import Testing

/// The two engines that take a program.
struct ScriptTests {
    @Test func `Slurm's script is the text that was reviewed`() throws {
        let secrets = [try SecretReference("PGPASSWORD=/home/it's/password", in: .file)]
        #expect(try SlurmScript(job: JobExample.job(secrets: secrets)).text == JobExample.expected("slurm.sh"))
    }

    @Test func `Slurm's merge reads the address of results, and no other secret`() throws {
        let secrets = try ["COLDSTART_RESULTS=/home/results", "TOKEN=/home/token"]
            .map { try SecretReference($0, in: .file) }
        let merge = try #require(
            SlurmScript(job: JobExample.job(secrets: secrets)).text.components(separatedBy: "<<'MERGE'").last
        )
        #expect(merge.contains("export COLDSTART_RESULTS\nexec coldstart merge") && !merge.contains("TOKEN"))
    }

    @Test func `the shell reads Slurm's script, and both scripts in it, as they are meant`() throws {
        // This sbatch prints what it is given; an argument that the shell took apart would look different.
        let job = try JobExample.job(command: ["run", "it's $(echo not) `me` \"x\" )"])
        let script = "sbatch() { printf '<%s>' \"$@\" >&2; cat >&2; echo 7; }\n" + SlurmScript(job: job).text
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script, "bash", "--partition=few"]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let printed = String(decoding: try #require(try errors.fileHandleForReading.readToEnd()), as: UTF8.self)
        let ids = String(decoding: try #require(try output.fileHandleForReading.readToEnd()), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(ids == "shards: 7, merge: 7\n")
        #expect(printed.contains("<--parsable><--partition=few>#!/usr/bin/env bash\n"), "\(printed)")
        let shard = "coldstart run 'it'\\''s $(echo not) `me` \"x\" )' --output /data/results || status=$?\n"
        #expect(printed.contains(shard), "\(printed)")
        let merge = "<--parsable><--dependency=afterok:7><--kill-on-invalid-dep=yes><--partition=few>"
        #expect(printed.contains(merge), "\(printed)")
        #expect(printed.hasSuffix("exec coldstart merge /data/results\n"), "\(printed)")
    }

    @Test func `Spark's application is the text that was reviewed`() throws {
        #expect(try SparkApplication(job: JobExample.job()).text == JobExample.expected("spark.py"))
    }

    @Test(
        "Spark takes rank over a file, as JSON Lines",
        arguments: [
            ["run"], ["rank"], ["rank", "--sessions", "-"], ["rank", "--sessions", "a", "--format", "trec"],
            ["rank", "--sessions=a", "--format=human"],
        ]
    )
    func spark(_ command: [String]) throws {
        let job = try JobExample.job(command: command)
        #expect(throws: ManifestError.self) { try SparkApplication(job: job) }
    }

    @Test func `Spark's file of sessions and its format are found in either form`() throws {
        func body(_ command: [String]) throws -> String? {
            let text = try SparkApplication(job: JobExample.job(command: command)).text
            return text.ranges(of: "from shlex").first.map { String(text[$0.lowerBound...]) }
        }
        let apart = try #require(try body(["rank", "--sessions", "a", "--format", "jsonl", "--top", "3"]))
        #expect(try body(["rank", "--top", "3", "--sessions=a"]) == apart)
    }
}
