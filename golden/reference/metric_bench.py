"""Computes metrics of rankings with the programs that people use and times them, for `scripts/bench --figures metrics`.

Reads one JSON object a line, `{"work": …}`, and answers each with one, as `bench.py` does. The work:

- `versions`: the versions of the programs, and the threads that ranx may use;
- `metrics_open` (`path`: a folder): reads two runs and what is relevant, and makes of them what each program takes in;
- `metrics` (`name`: `ir-measures`, `ranx`, `tau`, `rbo` or `randomisation`): computes; answers with means as texts.

The folder holds rows of equal length, a session each, as they are in memory: `old.i32` and `new.i32` the movies of 100
places, `relevant.i32` the relevant ones and `gains.f64` what they are worth. A place's score is minus the place.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import metadata
from pathlib import Path

import ir_measures
import numba
import numpy as np
import ranx
import rbo
import scipy.stats
from ranx.statistical_tests import fisher_randomization_test

PACKAGES = ("ir-measures", "pytrec-eval-terrier", "ranx", "rbo", "scipy", "numba", "numpy")
NAMES = ["nDCG@10", "RR", "R@10", "AP"]
RANX = ["ndcg@10", "mrr", "recall@10", "map"]
PLACES = 100
PERSISTENCE = 0.9
PERMUTATIONS = 1000

Rows = list[list[str]]


class Worker:
    """Two runs, and what is relevant to each of their sessions, in the forms that the programs take in."""

    def __init__(self, path: Path) -> None:
        """Reads a folder; nothing here is timed."""
        old, new = (np.fromfile(path / f"{name}.i32", "<i4").reshape(-1, PLACES) for name in ("old", "new"))
        relevant = np.fromfile(path / "relevant.i32", "<i4").reshape(len(old), -1)
        gains = np.fromfile(path / "gains.f64", "<f8").reshape(len(old), -1)
        self.rows = [ranking.astype(str).tolist() for ranking in (old, new)]
        scores = [-float(place) for place in range(PLACES)]
        self.runs = [{f"q{row}": dict(zip(movies, scores, strict=True)) for row, movies in enumerate(rows)}
                     for rows in self.rows]  # fmt: skip
        worth = [dict(zip(movies, map(int, gain), strict=True))
                 for movies, gain in zip(relevant.astype(str).tolist(), gains.tolist(), strict=True)]  # fmt: skip
        self.relevance = {f"q{row}": gain for row, gain in enumerate(worth)}
        self.measures = [ir_measures.parse_measure(name) for name in NAMES]
        self.qrels = ranx.Qrels(self.relevance)
        self.ranx_runs = [ranx.Run(run) for run in self.runs]
        self.places = [common_places(before, after) for before, after in zip(old.tolist(), new.tolist(), strict=True)]
        # The scores of each session, from which the test begins.
        self.scores = [ranx.evaluate(self.qrels, run, RANX[:3], return_mean=False) for run in self.ranx_runs]

    def do(self, name: str) -> list[float]:
        """Does one piece of work."""
        match name:
            case "ir-measures":
                means = [ir_measures.calc_aggregate(self.measures, self.relevance, run) for run in self.runs]
                return [found[measure] for found in means for measure in self.measures]
            case "ranx":
                means = [ranx.evaluate(self.qrels, run, RANX) for run in self.ranx_runs]
                return [float(found[metric]) for found in means for metric in RANX]
            case "tau":
                found = [scipy.stats.kendalltau(before, after).statistic for before, after in self.places]
                return [float(np.mean(found))]
            case "rbo":
                pairs = zip(*self.rows, strict=True)
                return [float(np.mean([rbo.RankingSimilarity(old, new).rbo_ext(p=PERSISTENCE) for old, new in pairs]))]
            case "randomisation":
                pairs = zip(*(scores.values() for scores in self.scores), strict=True)
                tests = [fisher_randomization_test(before, after, PERMUTATIONS, 0.01, 42) for before, after in pairs]
                return [float(p) for p, _ in tests]
            case other:
                raise ValueError(f"{other!r} is no work that is known here")


def common_places(old: list[int], new: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Returns the places of the common movies in either ranking."""
    after = {movie: place for place, movie in enumerate(new)}
    pairs = [(place, after[movie]) for place, movie in enumerate(old) if movie in after]
    places = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    return places[:, 0], places[:, 1]


def timed(work: Callable[[], list[float]]) -> dict[str, object]:
    """Runs work and returns its wall time, the processor time of all threads, and what it came to."""
    began, cpu_began = time.perf_counter(), time.process_time()
    result = work()
    figures: dict[str, object] = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu_began}
    return {**figures, "answers": [repr(value) for value in result]}


def main() -> None:
    """Command line: takes orders on standard input until that ends."""
    parser = argparse.ArgumentParser(prog="python -m reference.metric_bench", description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    threads = parser.parse_args().threads
    numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
    # Whatever a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    worker = None
    for line in sys.stdin:
        order = json.loads(line)
        answer: dict[str, object] = {"seconds": 0, "cpu": 0}
        match order["work"]:
            case "versions":
                versions = {package: metadata.version(package) for package in PACKAGES}
                answer = {"versions": versions, "threads": {"ranx": numba.get_num_threads()}, "missing": []}
            case "metrics_open":
                worker = Worker(Path(order["path"]))
            case "metrics" if worker is not None:
                answer = timed(partial(worker.do, order["name"]))
            case other:
                raise ValueError(f"{other!r} is no work that is known here, or nothing was opened for it")
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
