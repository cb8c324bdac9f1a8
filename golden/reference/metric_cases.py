"""Cases for the metrics of rankings: `python -m reference.metric_cases`, with requirements-metrics.txt.

Writes `Tests/Fixtures/metrics/`:

- `effectiveness.json`: runs with relevance, and each metric as ir-measures has it; ranx must agree where nothing is
  tied;
- `agreement.json`: pairs of rankings; tau-b by SciPy, rank-biased overlap by the package rbo with the order as it is,
  and by `rank_biased_overlap.py` with ties, the footrule and overlaps counted from their definitions;
- `statistics.json`: randomisation tests, exact ones by SciPy's enumeration; bootstrap intervals, their quantiles by
  NumPy; Holm's correction by statsmodels;
- `names.json`: names of metrics as ir-measures writes them.
"""

import math
import random
import warnings
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import ir_measures
import numpy as np
import ranx
import rbo
import scipy.stats
from statsmodels.stats.multitest import multipletests

from . import rank_biased_overlap
from .compact import compact, write

FOLDER = Path(__file__).parents[2] / "Tests" / "Fixtures" / "metrics"
SEED = 20251130
NAMES = [
    "nDCG", "nDCG@1", "nDCG@3", "nDCG@10", "nDCG@100", "AP", "AP@3", "AP@10", "AP(rel=2)", "AP(rel=2)@10", "P@1", "P@5",
    "P@10", "P(rel=2)@5", "R@1", "R@10", "R@100", "R(rel=2)@10", "RR", "RR(rel=2)", "RR@3", "Success@1", "Success@10",
    "Success(rel=3)@5",
]  # fmt: skip
# The same by ranx, which knows relevance levels as a suffix and takes gains as they are in `ndcg`.
RANX = {
    "nDCG": "ndcg", "nDCG@3": "ndcg@3", "nDCG@10": "ndcg@10", "AP": "map", "AP@10": "map@10", "P@5": "precision@5",
    "R@10": "recall@10", "R@1": "recall@1", "RR": "mrr", "RR@3": "mrr@3", "Success@10": "hit_rate@10",
}  # fmt: skip
DEPTHS = [1, 3, 5, 10, 50]
MASK = (1 << 64) - 1


def split_mix(seed: int, place: int) -> int:
    """Returns a value of the sequence of SplitMix64 by its place: Steele, Lea and Flood, OOPSLA 2014."""
    mixed = (seed + (place + 1) * 0x9E3779B97F4A7C15) & MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
    return mixed ^ (mixed >> 31)


# Effectiveness -------------------------------------------------------------------------------------------------------


def effectiveness_runs(chooser: random.Random) -> list[tuple[str, dict[str, float], dict[str, int]]]:
    """Returns runs, each with its name and what is relevant."""
    movies = [str(number) for number in chooser.sample(range(1, 5000), 180)]

    def run(count: int, score: Callable[[int], float]) -> dict[str, float]:
        return {movie: score(place) for place, movie in enumerate(chooser.sample(movies, count))}

    def relevant(count: int, most: int = 3) -> dict[str, int]:
        return {movie: chooser.randint(1, most) for movie in chooser.sample(movies, count)}

    runs = [
        ("no relevant movie", run(20, lambda place: 20.0 - place), {}),
        ("judged, none relevant", run(20, lambda place: 20.0 - place), dict.fromkeys(movies[:15], 0)),
        ("empty run", {}, relevant(5)),
        ("one movie, relevant", {"7": 1.0}, {"7": 1}),
        ("one movie, not relevant", {"7": 1.0}, {"8": 1}),
        ("all relevant movies first", {movie: 50.0 - place for place, movie in enumerate(movies[:50])},
         {movie: 3 - place // 2 for place, movie in enumerate(movies[:6])}),
        ("relevant movies behind the run's end", {movie: 9.0 - place for place, movie in enumerate(movies[:5])},
         dict.fromkeys(movies[5:9], 2)),
        ("negative gains", run(30, lambda place: -float(place)), {m: chooser.randint(-2, 3) for m in movies[:120]}),
        ("a score for all", run(40, lambda _: 1.0), relevant(60)),
        ("ids of several bytes", {"é": 1.0, "z": 1.0, "Z": 1.0, "10": 1.0, "9": 1.0, "": 0.5, "ab": 1.0, "a": 1.0},
         {"é": 1, "9": 2, "a": 3, "": 1}),
        ("scores that differ in 64 bits only", {"1": 1.0, "2": 1.0 - 1e-9, "3": 1.0 + 1e-9, "4": 2.0},
         {"1": 1, "3": 2}),
        ("large scores", run(30, lambda place: 1e6 - place * 1e-3), relevant(40)),
    ]  # fmt: skip
    for place in range(20):
        runs.append((f"untied {place}", run(chooser.choice([3, 10, 50, 100]), lambda _: chooser.random()),
                     relevant(chooser.choice([1, 3, 10, 60]))))  # fmt: skip
        runs.append((f"tied {place}", run(chooser.choice([10, 50, 100]), lambda _: float(chooser.randint(1, 9))),
                     relevant(chooser.choice([1, 3, 10, 60]))))  # fmt: skip
    return runs


def effectiveness_cases(chooser: random.Random) -> list[dict[str, object]]:
    """Returns runs with their metrics."""
    measures = [ir_measures.parse_measure(name) for name in NAMES]
    cases = []
    for name, run, gains in effectiveness_runs(chooser):
        in_bits = {float(np.float32(score)) for score in run.values()}
        tied = len(in_bits) < len(run)
        # ir-measures answers for sessions of the relevance; one without any movie is one whose movies are all worth 0.
        found = {str(metric.measure): metric.value
                 for metric in ir_measures.iter_calc(measures, {"s": gains or {"none": 0}}, {"s": run})}  # fmt: skip
        values = {metric: float(found[str(measure)]) for metric, measure in zip(NAMES, measures, strict=True)}
        if tied:
            # Another provider computes this one, and breaks ties the other way.
            del values["RR@3"]
        elif run and min(gains.values(), default=0) > 0:
            check_ranx(name, run, gains, values)
        cases.append({
            "name": name,
            "documents": list(run),
            "scores": list(run.values()),
            "relevant": gains,
            "undefined": not any(gain > 0 for gain in gains.values()),
            "values": values,
        })
    return cases


def check_ranx(name: str, run: dict[str, float], gains: dict[str, int], values: dict[str, float]) -> None:
    """Fails where ranx has another opinion of a run without ties."""
    found = ranx.evaluate(ranx.Qrels({"s": gains}), ranx.Run({"s": run}), list(RANX.values()))
    for metric, other in RANX.items():
        assert math.isclose(values[metric], found[other], rel_tol=1e-12, abs_tol=1e-15), (name, metric)


# Agreement -----------------------------------------------------------------------------------------------------------


def agreement_pairs(chooser: random.Random) -> list[tuple[str, float, list[list]]]:
    """Returns pairs of rankings: a name, p, and old movies, their scores, new movies, their scores."""

    def ranking(count: int, pool: int, steps: int | None) -> list[list]:
        movies = chooser.sample(range(pool), count)
        values = [chooser.random() if steps is None else float(chooser.randint(1, steps)) for _ in movies]
        return [movies, sorted(values, reverse=True)]

    def moved(movies: list[int], swaps: int) -> list[int]:
        other = list(movies)
        for _ in range(swaps):
            place = chooser.randrange(len(other) - 1)
            other[place], other[place + 1] = other[place + 1], other[place]
        return other

    hundred = ranking(100, 200, None)
    classes = ranking(100, 200, 6)
    pairs = [
        ("both empty", 0.9, [[], [], [], []]),
        ("old empty", 0.9, [[], [], [1, 2, 3], [3.0, 2.0, 2.0]]),
        ("new empty", 0.9, [[1, 2], [2.0, 1.0], [], []]),
        ("one movie, the same", 0.9, [[5], [1.0], [5], [2.0]]),
        ("one movie, another", 0.9, [[5], [1.0], [6], [2.0]]),
        ("the same without ties", 0.9, hundred + hundred),
        ("the same with ties", 0.9, classes + classes),
        ("all tied on both sides", 0.9, [[1, 2, 3], [1.0] * 3, [3, 2, 1], [7.0] * 3]),
        ("all tied on one side", 0.8, [[1, 2, 3, 4], [1.0] * 4, [3, 2, 1, 4], [4.0, 3.0, 2.0, 1.0]]),
        ("reversed", 0.9, [*hundred, hundred[0][::-1], hundred[1]]),
        ("no common movie", 0.9, [[1, 2, 3], [3.0, 2.0, 1.0], [4, 5], [2.0, 2.0]]),
        ("a class across the shorter end", 0.7, [[1, 2], [2.0, 1.0], [3, 1, 4, 2, 5], [5.0, 4.0, 4.0, 4.0, 4.0]]),
        ("a class in the unseen part", 0.95,
         [[1, 2, 3], [3.0, 3.0, 1.0], [2, 9, 8, 1, 7, 6], [6.0, 5.0, 4.0, 3.0, 3.0, 3.0]]),
        ("few swaps", 0.9, [*hundred, moved(hundred[0], 10), hundred[1]]),
        ("few swaps inside classes", 0.9, [*classes, moved(classes[0], 10), classes[1]]),
        ("infinite scores", 0.9,
         [[1, 2, 3, 4], [math.inf, math.inf, 0.0, -math.inf], [2, 1, 4, 3], [1.0, 0.0, -0.0, -1.0]]),
    ]  # fmt: skip
    for place in range(40):
        steps = [None, 3, 10, 60][place % 4]
        counts = chooser.choice([(10, 10), (5, 40), (64, 64), (65, 130), (100, 100), (129, 20), (100, 60)])
        pool = chooser.choice([max(counts), 2 * max(counts)])
        pairs.append((f"random {place}", chooser.choice([0.5, 0.8, 0.9, 0.98]),
                      ranking(counts[0], pool, steps) + ranking(counts[1], pool, steps)))  # fmt: skip
    return pairs


def agreement_cases(chooser: random.Random) -> list[dict[str, object]]:
    """Returns pairs of rankings with their metrics."""
    cases = []
    for name, p, (old, old_scores, new, new_scores) in agreement_pairs(chooser):
        sides = (rank_biased_overlap.classes(old, old_scores), rank_biased_overlap.classes(new, new_scores))
        untied = ([[movie] for movie in old], [[movie] for movie in new])
        package = float(rbo.RankingSimilarity(old, new).rbo_ext(p=p))
        exact = rank_biased_overlap.overlap(*untied, p, "a")
        assert math.isclose(package, exact, rel_tol=1e-9, abs_tol=1e-12), name
        moves, largest = footrule(old, new)
        cases.append({
            "name": name, "p": p,
            "old": old, "oldScores": texts(old_scores), "new": new, "newScores": texts(new_scores),
            "depths": [at_depth(old, new, depth) for depth in DEPTHS],
            "rbo": exact, "rboPackage": package,
            "tied": {treatment: rank_biased_overlap.overlap(*sides, p, treatment) for treatment in "wab"},
            "tauB": tau_b(sides[0], sides[1]),
            "footrule": moves, "largestFootrule": largest,
        })  # fmt: skip
    return cases


def texts(scores: list[float]) -> list[str]:
    """Returns numbers as texts, for JSON has no infinity."""
    return [repr(score) for score in scores]


def at_depth(old: list[int], new: list[int], depth: int) -> dict[str, object]:
    """Returns what first places share."""
    before, after = set(old[:depth]), set(new[:depth])
    filled = max(len(before), len(after))
    return {
        "depth": depth, "common": len(before & after), "union": len(before | after),
        "entries": len(after - before), "exits": len(before - after),
        "overlap": len(before & after) / filled if filled else 1.0,
        "jaccard": len(before & after) / len(before | after) if before | after else 1.0,
    }  # fmt: skip


def tau_b(old: rank_biased_overlap.Classes, new: rank_biased_overlap.Classes) -> float | None:
    """Returns SciPy's tau-b over the common movies, each class being one place."""
    places = [{movie: place for place, members in enumerate(side) for movie in members} for side in (old, new)]
    common = sorted(places[0].keys() & places[1].keys())
    if len(common) < 2:
        return None
    found = scipy.stats.kendalltau([places[0][movie] for movie in common], [places[1][movie] for movie in common])
    return None if math.isnan(found.statistic) else float(found.statistic)


def footrule(old: list[int], new: list[int]) -> tuple[int, int]:
    """Returns the sum of the moves, and that of two rankings of these lengths without a common movie.

    A movie that a ranking lacks stands right behind the last place of the longer one.
    """
    before = {movie: place for place, movie in enumerate(old)}
    after = {movie: place for place, movie in enumerate(new)}
    last = max(len(old), len(new))
    moves = sum(abs(before.get(movie, last) - after.get(movie, last)) for movie in before | after)
    apart = sum(last - place for side in (old, new) for place in range(len(side)))
    return moves, apart


# Statistics ----------------------------------------------------------------------------------------------------------


def randomisation_case(differences: list[float], permutations: int, seed: int) -> dict[str, object]:
    """Returns a test's p-value: exact where all signs can be counted, else from the signs that the seed gives."""
    moved = [Fraction(difference) for difference in differences if difference]
    case = {"differences": differences, "permutations": permutations, "seed": seed, "exact": True}
    if not differences:
        return {**case, "p": None}
    if 2 ** len(moved) <= permutations:
        if len(moved) < 2:
            return {**case, "p": 1.0}  # either sign is as extreme
        found = scipy.stats.permutation_test(
            (np.array([float(difference) for difference in moved]),), lambda x, axis: x.mean(axis=axis),
            permutation_type="samples", vectorized=True, n_resamples=np.inf,
        )  # fmt: skip
        return {**case, "p": float(found.pvalue)}
    exact = [Fraction(difference) for difference in differences]
    observed, extreme = abs(sum(exact)), 0
    # Rounding decides nothing: sums are exact here, and must not be near the observed one without being equal to it.
    unit = max((difference.denominator for difference in exact), default=1)
    whole = [int(difference * unit) for difference in exact]
    for permutation in range(permutations):
        total = 0
        for start in range(0, len(whole), 64):
            bits = split_mix(seed, start // 64 * permutations + permutation)
            for index, number in enumerate(whole[start : start + 64]):
                total += number if bits >> index & 1 else -number
        near = abs(Fraction(abs(total), unit) - observed) <= Fraction(1, 10**12) * sum(map(abs, exact))
        extreme += near or Fraction(abs(total), unit) >= observed
    return {**case, "exact": False, "p": (extreme + 1) / (permutations + 1)}


def bootstrap_case(differences: list[float], samples: int, level: float, seed: int) -> dict[str, object]:
    """Returns an interval from the draws that the seed gives, with NumPy's quantiles."""
    case = {"differences": differences, "samples": samples, "level": level, "seed": seed}
    count = len(differences)
    if not count:
        return {**case, "interval": None}
    places = (range(sample * count, (sample + 1) * count) for sample in range(samples))
    draws = [[count * split_mix(seed, place) >> 64 for place in sample] for sample in places]
    means = [math.fsum(differences[draw] for draw in sample) / count for sample in draws]
    return {**case, "interval": np.quantile(means, [(1 - level) / 2, (1 + level) / 2]).tolist()}


def statistics_cases(chooser: random.Random) -> dict[str, object]:
    """Returns cases of tests, intervals and corrections."""
    shifted = [[round(chooser.gauss(shift, 1), 6) for _ in range(count)]
               for count, shift in [(65, 0.1), (200, 0.15), (64, 0.0), (130, 0.2), (11, 0.4)]]  # fmt: skip
    # Reciprocal ranks and their like: few different values, mostly equal, so that many sums are.
    discrete = [[chooser.choice([0, 0, 0, 0, 0.5, -0.5, 0.25, 1, -1 / 3]) for _ in range(120)] for _ in range(2)]
    small = [[], [0.0], [0.5], [0.0, 0.0, 0.25], [1.0, -1.0], [0.1, 0.2, 0.3],
             [0.5, 0.5, -0.5, 0.5, 0.25, -0.25, 0.125], shifted[4][:8]]  # fmt: skip
    p_values = [[0.01, 0.04, 0.03, 0.005], [0.5], [], [1.0, 1.0], [0.02, 0.02, 0.02], [0.0, 0.9, 0.4, 1e-9]]
    return {
        "randomisation": [randomisation_case(differences, 1000, 7) for differences in small]
        + [randomisation_case(differences, 499, 2**64 - 3) for differences in shifted + discrete],
        "bootstrap": [bootstrap_case(differences, 400, 0.95, 11) for differences in [*small, *shifted[:2], *discrete]]
        + [bootstrap_case(shifted[0], 1, 0.9, 1), bootstrap_case(shifted[0], 33, 0.5, 2**63)],
        "holm": [{"p": values, "adjusted": multipletests(values, method="holm")[1].tolist() if values else []}
                 for values in p_values],
    }  # fmt: skip


def main() -> None:
    """Writes all cases."""
    warnings.simplefilter("ignore")  # SciPy's on constant input, ranx's on missing types
    documents = {
        "effectiveness": effectiveness_cases(random.Random(SEED)),
        "agreement": agreement_cases(random.Random(SEED + 1)),
        "statistics": statistics_cases(random.Random(SEED + 2)),
        "names": {name: str(ir_measures.parse_measure(name)) for name in [*NAMES, "AP(rel=1)", "P(rel=1)@20"]},
    }
    for name, document in documents.items():
        write(FOLDER / f"{name}.json", compact(document).replace('},{"', '},\n{"') + "\n")


if __name__ == "__main__":
    main()
