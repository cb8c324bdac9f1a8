import SafeText

/// A job as a script that submits an array to Slurm, and the merge behind it.
///
/// See <https://slurm.schedmd.com/job_array.html> and `sbatch(1)`. A task that ended because of its machine (exit code 3,
/// a signal) is put back into the queue as often as the job says; one that its user got wrong (2) is not.
package struct SlurmScript {
    /// The job.
    package let job: ShardedJob

    /// Creates a script.
    package init(job: ShardedJob) {
        self.job = job
    }

    /// The script, for bash.
    package var text: String {
        """
        #!/usr/bin/env bash
        \(job.headLines(["bash FILE [OPTIONS OF sbatch …]     submits them, and the merge, which waits for them"])
            .joined(separator: "\n"))
        #
        # An array of \(job.shards) needs MaxArraySize above \(job.shards - 1) in slurm.conf (Slurm's default is 1001).
        set -euo pipefail

        array=$(sbatch --parsable "$@" <<'SHARD'
        #!/usr/bin/env bash
        #SBATCH --job-name=\(job.name)
        #SBATCH --array=0-\(job.shards - 1)
        #SBATCH --ntasks=1
        #SBATCH --cpus-per-task=\(job.resources.cores)
        #SBATCH --mem=\(job.resources.mebibytes)M
        #SBATCH --time=\(job.resources.minutes)
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --output=\(job.name)-%A_%a.log
        export COLDSTART_SHARDS=\(job.shards)
        \(exports(of: job.secrets))status=0
        coldstart \(ShellCommand(job.shardArguments)) || status=$?
        if [ "$status" -eq 3 ] || [ "$status" -gt 130 ]; then
            if [ "${SLURM_RESTART_COUNT:-0}" -lt \(job.retries) ]; then
                scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
            fi
        fi
        exit "$status"
        SHARD
        )
        merge=$(sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes "$@" <<'MERGE'
        #!/usr/bin/env bash
        #SBATCH --job-name=\(job.name)-merge
        #SBATCH --ntasks=1
        #SBATCH --cpus-per-task=\(job.resources.cores)
        #SBATCH --mem=\(job.resources.mebibytes)M
        #SBATCH --time=\(job.resources.minutes)
        #SBATCH --output=\(job.name)-merge-%j.out
        #SBATCH --error=\(job.name)-merge-%j.err
        \(exports(of: job.mergeSecrets))exec coldstart \(ShellCommand(job.mergeArguments))
        MERGE
        )
        echo "shards: ${array%%;*}, merge: ${merge%%;*}"

        """
    }

    /// Lines that read each secret from its file when the job begins.
    private func exports(of secrets: [SecretReference]) -> String {
        secrets
            .map { "\($0.variable)=$(cat -- \(ShellCommand.quoted($0.name))) || exit 3\nexport \($0.variable)\n" }
            .joined()
    }
}
