"""Margins and tie classes of golden rankings.

`python -m reference.ties FILE…` brings files of version 1 to version 2, and leaves out ranks, which the order says.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from .compact import write_lines

RELATIVE = 1e-4  # of a score
FLOOR = 2.0**-18  # of the ranking's largest SVD score
RATING = 1e-4  # points of an expected rating
NO_NUMBER = -1.0  # P5's score for a text without a number
MAKER = {"program": "golden/reference", "version": ""}

Place = dict[str, object]
Tied = Callable[[int, int], bool]


def svd_tied(one: float, other: float, largest: float) -> bool:
    """Whether two SVD scores of a ranking are so close that either order passes."""
    return abs(one - other) <= max(RELATIVE * max(abs(one), abs(other)), FLOOR * largest)


def same_number(one: float, other: float) -> bool:
    """Whether two numbers of texts are the same, be they held in single or double precision."""
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other))


def runs(count: int, tied: Tied) -> list[list[int]]:
    """Returns the longest runs of neighbours of which every two are tied, as first and last rank from 1."""
    found: list[list[int]] = []
    for first in range(count):
        last = first
        while last + 1 < count and all(tied(place, last + 1) for place in range(first, last + 1)):
            last += 1
        if last > first and not any(earlier[1] >= last + 1 for earlier in found):
            found.append([first + 1, last + 1])
    return found


def with_margins(places: list[Place], margins: list[float | None]) -> list[Place]:
    """Returns places with their margins, where these are known."""
    return [
        place if margin is None else place | {"margin": float(f"{margin:.9g}")}
        for place, margin in zip(places, margins, strict=True)
    ]


def annotated(line: dict[str, object], scoring: str) -> dict[str, object]:
    """Returns a session's line with margins and tie classes behind each ranking."""
    svd, p5 = line["svd"], line["p5"]
    following = line.get("svd_next")
    scores = [place["score"] for place in svd]
    largest = max((abs(score) for score in scores), default=0.0)
    behind = [*scores[1:], following["score"] if following else None]
    svd_margins = [None if after is None else score - after for score, after in zip(scores, behind, strict=True)]
    by_movie = {place["movie_id"]: place["score"] for place in svd}
    ratings = [place["score"] for place in p5]
    seconds = [by_movie[place["movie_id"]] for place in p5]

    def left_to_svd(one: int, other: int) -> bool:
        same = same_number(ratings[one], ratings[other])
        return same and (scoring == "text" or ratings[one] == NO_NUMBER)

    def p5_tied(one: int, other: int) -> bool:
        if left_to_svd(one, other):
            return svd_tied(seconds[one], seconds[other], largest_p5)
        return scoring == "expected" and abs(ratings[one] - ratings[other]) <= RATING

    largest_p5 = max((abs(score) for score in seconds), default=0.0)
    p5_margins: list[float | None] = [
        seconds[rank] - seconds[rank + 1] if left_to_svd(rank, rank + 1) else ratings[rank] - ratings[rank + 1]
        for rank in range(len(p5) - 1)
    ]
    p5_margins += [None] * (len(p5) - len(p5_margins))
    result: dict[str, object] = {}
    for name, value in line.items():
        if name == "svd":
            result["svd"] = with_margins(svd, svd_margins)
            result["svd_ties"] = runs(len(svd), lambda one, other: svd_tied(scores[one], scores[other], largest))
        elif name == "p5":
            result["p5"] = with_margins(p5, p5_margins)
            result["p5_ties"] = runs(len(p5), p5_tied)
        else:
            result[name] = value
    return result


def without(member: str, line: dict[str, object], ranking: str) -> dict[str, object]:
    """Returns a session's line without a member of the places of one of its rankings."""
    places = [{name: value for name, value in place.items() if name != member} for place in line[ranking]]
    return line | {ranking: places}


def raised(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    """Returns the lines of a golden of version 1 as they are in version 2."""
    header, *sessions = lines
    members = {name: value for name, value in header.items() if name not in ("schemaVersion", "kind")}
    first = {"schemaVersion": 2, "kind": header["kind"], "made_by": MAKER, **members}
    return [first, *(annotated(session, header.get("scoring", "text")) for session in sessions)]


def main() -> None:
    """Rewrites the files that are named; of version 2, with their ranks left out and nothing else changed."""
    for path in map(Path, sys.argv[1:]):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        header, *sessions = raised(lines) if lines[0]["schemaVersion"] == 1 else lines
        write_lines(path, [header, *(without("rank", without("rank", line, "svd"), "p5") for line in sessions)])


if __name__ == "__main__":
    main()
