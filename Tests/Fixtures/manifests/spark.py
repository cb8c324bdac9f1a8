# 64 parts of: coldstart rank --bundle /data/bundle --sessions '/data/it'\''s $(HOME).jsonl' --catalogue /data/movies.jsonl
# Resources of each part: as given.
#
#   spark-submit FILE [SESSIONS [RESULTS]]
#
# The files of RESULTS, one behind the other in the order of their names, are the output of the one command.
from shlex import join
from sys import argv

from pyspark.sql import SparkSession

SESSIONS = "/data/it's $(HOME).jsonl"
RESULTS = "/data/results"
SCRIPT = "IFS= read -r first || exit 0; { printf '%s\\n' \"$first\"; cat; } | exec coldstart rank --bundle /data/bundle --catalogue /data/movies.jsonl --sessions - --format jsonl"


def main(sessions=SESSIONS, results=RESULTS):
    spark = (
        SparkSession.builder.appName("coldstart-rank")
        .config("spark.task.cpus", "3")
        .config("spark.task.maxFailures", "4")
        # The program's memory is not the JVM's; one part at a time runs in an executor.
        .config("spark.executor.cores", "3")
        .config("spark.executor.memoryOverhead", "1000m")
        .getOrCreate()
    )
    lines = spark.sparkContext.textFile(sessions, 64)
    lines.pipe(join(["sh", "-c", SCRIPT]), checkCode=True).saveAsTextFile(results)
    spark.stop()


if __name__ == "__main__":
    main(*argv[1:])
