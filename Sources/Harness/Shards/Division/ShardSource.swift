/// Where a process is told which shard it is: by the option `--shard`, or by the variables of the engine that started it.
///
/// | engine | index | count |
/// |---|---|---|
/// | Kubernetes, Indexed Job | `JOB_COMPLETION_INDEX` | `COLDSTART_SHARDS` |
/// | Cloud Run job | `CLOUD_RUN_TASK_INDEX` | `CLOUD_RUN_TASK_COUNT` |
/// | Slurm, job array | `SLURM_ARRAY_TASK_ID` | `COLDSTART_SHARDS`, or `SLURM_ARRAY_TASK_COUNT` |
///
/// With `COLDSTART_SHARDS` a task of Slurm is the shard of its own number, so that single tasks can be submitted again.
/// Without it the array is the division: its first task, `SLURM_ARRAY_TASK_MIN`, is shard 0, and so on in steps of
/// `SLURM_ARRAY_TASK_STEP`. A variable that is empty counts as not set.
///
/// Kubernetes: https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode, Cloud Run:
/// https://cloud.google.com/run/docs/container-contract#jobs-env-vars, Slurm: https://slurm.schedmd.com/job_array.html.
package struct ShardSource: Sendable {
    /// The variables that tell a shard which it is.
    package static let variables: Set<String> = [
        "COLDSTART_SHARDS", "JOB_COMPLETION_INDEX", "CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT",
        "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX",
        "SLURM_ARRAY_TASK_STEP",
    ]

    private let environment: [String: String]

    /// Creates the source of a process with these variables.
    package init(environment: [String: String]) {
        self.environment = environment.filter { !$0.value.isEmpty }
    }

    /// A shard with the names of what says so.
    private struct Found {
        let shard: Shard
        let source: String
    }

    /// Finds the shard.
    ///
    /// - Parameter option: The value of `--shard`: `K/N`, or `all` for the whole work whatever the variables say; `nil` where
    ///   it is not given.
    /// - Returns: The shard; `nil` where nothing names one.
    /// - Throws: `ShardError` where sources contradict each other, an index has no count, or lies outside of it.
    package func shard(option: String?) throws(ShardError) -> Shard? {
        if option == "all" { return nil }
        var found: [Found] = []
        if let option {
            do throws(ShardError) {
                found.append(Found(shard: try Shard(parsing: option), source: "--shard \(option)"))
            } catch {
                throw ShardError(error.code, "--shard: \(error.message)")
            }
        }
        if let kubernetes = try kubernetes() { found.append(kubernetes) }
        if let cloudRun = try cloudRun() { found.append(cloudRun) }
        if let slurm = try slurm() { found.append(slurm) }
        guard let first = found.first else { return nil }
        if let other = found.first(where: { $0.shard != first.shard }) {
            throw ShardError(
                .contradiction,
                "\(first.source) is shard \(first.shard), and \(other.source) is shard \(other.shard); unset one of them, "
                    + "or say --shard all for the whole"
            )
        }
        return first.shard
    }

    private func kubernetes() throws(ShardError) -> Found? {
        let name = "JOB_COMPLETION_INDEX"
        guard let index = try number(name) else { return nil }
        guard let count = try shards() else {
            throw ShardError(
                .contradiction,
                "\(name) is \(index), and nothing says of how many: set COLDSTART_SHARDS to the job's completions, or say "
                    + "--shard all for the whole"
            )
        }
        return try found(index, of: count, name, "COLDSTART_SHARDS")
    }

    private func cloudRun() throws(ShardError) -> Found? {
        let (name, countName) = ("CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT")
        guard let index = try number(name) else { return nil }
        guard let count = try number(countName) else {
            throw ShardError(
                .contradiction,
                "\(name) is \(index), and \(countName) is not set; a Cloud Run job sets both"
            )
        }
        if let shards = try shards(), shards != count {
            throw ShardError(
                .contradiction,
                "\(countName) is \(count), and COLDSTART_SHARDS is \(shards); unset COLDSTART_SHARDS"
            )
        }
        return try found(index, of: count, name, countName)
    }

    private func slurm() throws(ShardError) -> Found? {
        let (name, countName) = ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT")
        guard let id = try number(name) else { return nil }
        let count = try number(countName)
        if let shards = try shards() {
            if let count, count > shards {
                throw ShardError(
                    .contradiction,
                    "\(countName) is \(count), and COLDSTART_SHARDS is \(shards); submit --array=0-\(shards - 1)"
                )
            }
            return try found(id, of: shards, name, "COLDSTART_SHARDS")
        }
        guard let count else {
            throw ShardError(
                .contradiction,
                "\(name) is \(id), and neither \(countName) nor COLDSTART_SHARDS is set; set COLDSTART_SHARDS"
            )
        }
        let first = try number("SLURM_ARRAY_TASK_MIN") ?? 0
        let step = max(1, try number("SLURM_ARRAY_TASK_STEP") ?? 1)
        let last = try number("SLURM_ARRAY_TASK_MAX") ?? first + (count - 1) * step
        guard id >= first, (id - first).isMultiple(of: step), last == first + (count - 1) * step else {
            throw ShardError(
                .contradiction,
                "\(name) \(id) of tasks \(first) to \(last) in steps of \(step) is no regular array of \(countName) "
                    + "\(count); set COLDSTART_SHARDS and submit an array from 0"
            )
        }
        return try found((id - first) / step, of: count, name, countName)
    }

    private func found(_ index: Int, of count: Int, _ name: String, _ countName: String) throws(ShardError) -> Found {
        do throws(ShardError) {
            return Found(shard: try Shard(index, of: count), source: "\(name) with \(countName)")
        } catch {
            throw ShardError(error.code, "\(name) with \(countName): \(error.message)")
        }
    }

    private func shards() throws(ShardError) -> Int? { try number("COLDSTART_SHARDS") }

    private func number(_ name: String) throws(ShardError) -> Int? {
        guard let text = environment[name] else { return nil }
        guard let number = Shard.number(text) else {
            throw ShardError(.badShard, "\(name): found \"\(text)\", expected a whole number from 0")
        }
        return number
    }
}
