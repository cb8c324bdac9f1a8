import ArgumentParser
import Manifests
import Reports
import Scenarios

/// `coldstart manifest`: what an engine needs to run a command in shards.
struct ManifestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest",
        abstract: "Prints what Kubernetes, Cloud Run, Slurm or Spark needs to run shards.",
        usage: "coldstart manifest <engine> --shards <n> [<options>] -- <command> ...",
        discussion: """
            The command is run, rank, compare, check or sweep with its arguments, as on one machine. Memory, cores and \
            time come from one shard that was measured, or are given. Secrets are given by reference: \
            SECRET:KEY for kubernetes, SECRET:VERSION for cloud-run, the path of a file for slurm.

            EXAMPLES
              /usr/bin/time -v -o measured.txt coldstart rank … --shard 0/64 --output try
              coldstart manifest kubernetes --shards 64 --measured measured.txt \\
                  --image registry/coldstart:0.1.0 --storage models \\
                  --output /data/results -- rank --bundle /data/bundle \\
                  --sessions /data/sessions.jsonl --catalogue /data/movies.jsonl
              coldstart manifest slurm --shards 64 --memory 1024 --cores 2 --time 1h \\
                  --output /shared/results -- run scenarios > submit.sh

            EXIT CODES
              0 printed · 2 usage, or a secret that is no reference
              3 a file cannot be read
            """
    )

    /// What runs the shards.
    enum Engine: String, CaseIterable, ExpressibleByArgument {
        /// Kubernetes, 1.33 or newer.
        case kubernetes
        /// Cloud Run Jobs.
        case cloudRun = "cloud-run"
        /// Slurm.
        case slurm
        /// Spark.
        case spark

        /// Where it keeps secrets.
        var keeper: SecretReference.Keeper {
            switch self {
            case .kubernetes: .kubernetes
            case .cloudRun: .secretManager
            case .slurm, .spark: .file
            }
        }
    }

    @Argument(help: ArgumentHelp("kubernetes, cloud-run, slurm or spark.", valueName: "engine"))
    var engine: Engine

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command, behind --.", valueName: "command"))
    var command: [String] = []

    @Option(help: ArgumentHelp("How many shards.", valueName: "n"))
    var shards: Int

    @Option(help: ArgumentHelp("The folder of the shards' files, or of Spark's.", valueName: "folder"))
    var output: String

    @Option(help: ArgumentHelp("The job's name (default: coldstart- and the command).", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The container image.", valueName: "name"))
    var image: String?

    @Option(help: ArgumentHelp("The PersistentVolumeClaim or the bucket that becomes /data.", valueName: "name"))
    var storage: String?

    @Option(help: ArgumentHelp("A variable whose value the engine keeps, NAME=REFERENCE.", valueName: "reference"))
    var secret: [String] = []

    @Option(help: ArgumentHelp("What /usr/bin/time -v wrote about one shard.", valueName: "file"))
    var measured: String?

    @Option(help: ArgumentHelp("The memory of a shard in MiB.", valueName: "n"))
    var memory: Int?

    @Option(help: ArgumentHelp("The cores of a shard.", valueName: "n"))
    var cores: Int?

    @Option(help: ArgumentHelp("The longest time of an attempt, such as 2h.", valueName: "time"))
    var time: DurationArgument?

    @Option(help: ArgumentHelp("How often a shard is tried again.", valueName: "n"))
    var retries = 3

    func run() throws {
        let text: String
        do {
            let job = try ShardedJob(
                name: name ?? "coldstart-\(command.first ?? "")",
                shards: shards,
                command: command,
                results: output,
                retries: retries,
                resources: try resources(),
                secrets: try secret.map { try SecretReference($0, in: engine.keeper) }
            )
            text = try manifest(of: job)
        } catch let error as ManifestError {
            throw CommandEnd.usage("manifest: \(error)")
        }
        try Console().output.write(text)
    }

    private func manifest(of job: ShardedJob) throws -> String {
        switch engine {
        case .kubernetes:
            return try KubernetesManifest(
                job: job,
                image: try needed(image, "--image"),
                claim: try needed(storage, "--storage")
            )
            .text
        case .cloudRun:
            return try CloudRunManifest(
                job: job,
                image: try needed(image, "--image"),
                bucket: try needed(storage, "--storage")
            )
            .text
        case .slurm, .spark:
            guard image == nil, storage == nil else {
                throw CommandEnd.usage("manifest: \(engine.rawValue) takes neither --image nor --storage")
            }
            return engine == .slurm ? SlurmScript(job: job).text : try SparkApplication(job: job).text
        }
    }

    private func needed(_ value: String?, _ option: String) throws -> String {
        guard let value else { throw CommandEnd.usage("manifest: \(engine.rawValue) needs \(option)") }
        return value
    }

    /// What a shard may take: measured, given, or measured with parts of it given.
    private func resources() throws -> ShardResources {
        let minutes = time.map { max(1, Int(($0.duration / .seconds(60)).rounded(.up))) }
        guard let measured else {
            guard let memory, let cores, let minutes else {
                throw CommandEnd.usage(
                    "manifest: what a shard takes is not known: give --measured, or --memory, --cores and --time. "
                        + "To \(MeasuredRun.advice)"
                )
            }
            return try ShardResources(mebibytes: memory, cores: cores, minutes: minutes)
        }
        let report: String
        do throws(ScenarioError) {
            report = try InputText.read(measured)
        } catch {
            throw CommandEnd.environment("--measured: \(error)")
        }
        let found: ShardResources
        do throws(ManifestError) {
            found = try ShardResources(for: try MeasuredRun(timeReport: report))
        } catch {
            throw CommandEnd.usage("--measured: \(measured): \(error)")
        }
        guard memory != nil || cores != nil || minutes != nil else { return found }
        var chosen = try ShardResources(
            mebibytes: memory ?? found.mebibytes,
            cores: cores ?? found.cores,
            minutes: minutes ?? found.minutes
        )
        chosen.origin = found.origin + ", and as given"
        return chosen
    }
}
