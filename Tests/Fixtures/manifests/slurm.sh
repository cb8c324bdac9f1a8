#!/usr/bin/env bash
# 64 shards of: coldstart rank --bundle /data/bundle --sessions '/data/it'\''s $(HOME).jsonl' --catalogue /data/movies.jsonl
# Resources of each shard: as given.
#
#   bash FILE [OPTIONS OF sbatch …]     submits them, and the merge, which waits for them
#
# An array of 64 needs MaxArraySize above 63 in slurm.conf (Slurm's default is 1001).
set -euo pipefail

array=$(sbatch --parsable "$@" <<'SHARD'
#!/usr/bin/env bash
#SBATCH --job-name=coldstart-rank
#SBATCH --array=0-63
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=3
#SBATCH --mem=1000M
#SBATCH --time=90
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=coldstart-rank-%A_%a.log
export COLDSTART_SHARDS=64
PGPASSWORD=$(cat -- '/home/it'\''s/password') || exit 3
export PGPASSWORD
status=0
coldstart rank --bundle /data/bundle --sessions '/data/it'\''s $(HOME).jsonl' --catalogue /data/movies.jsonl --output /data/results || status=$?
if [ "$status" -eq 3 ] || [ "$status" -gt 130 ]; then
    if [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ]; then
        scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
    fi
fi
exit "$status"
SHARD
)
merge=$(sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes "$@" <<'MERGE'
#!/usr/bin/env bash
#SBATCH --job-name=coldstart-rank-merge
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=3
#SBATCH --mem=1000M
#SBATCH --time=90
#SBATCH --output=coldstart-rank-merge-%j.out
#SBATCH --error=coldstart-rank-merge-%j.err
exec coldstart merge /data/results
MERGE
)
echo "shards: ${array%%;*}, merge: ${merge%%;*}"
