"""Rank-biased overlap of rankings with ties, as published, movie by movie and depth by depth in exact arithmetic.

Corsi and Urbano, "The Treatment of Ties in Rank-Biased Overlap", SIGIR 2024: what movies contribute, agreement by the
treatments w, a and b, extrapolation. Without ties all three are equation 32 of Webber, Moffat and Zobel, "A similarity
measure for indefinite rankings", ACM TOIS 28(4), 2010.
"""

from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60

Classes = list[list[int]]


def classes(movies: list[int], scores: list[float]) -> Classes:
    """Returns a ranking's tie classes: runs of neighbours of equal score."""
    found: Classes = []
    for place, movie in enumerate(movies):
        if place and scores[place] == scores[place - 1]:
            found[-1].append(movie)
        else:
            found.append([movie])
    return found


def contributions(ranking: Classes, depth: int, treatment: str) -> dict[int, Fraction]:
    """Returns what each movie counts at a depth, without those that count nothing."""
    counts: dict[int, Fraction] = {}
    top = 1
    for members in ranking:
        bottom = top + len(members) - 1
        if top > depth:
            break
        share = Fraction(1) if treatment == "w" or bottom <= depth else Fraction(depth - top + 1, len(members))
        counts.update(dict.fromkeys(members, share))
        top = bottom + 1
    return counts


def root(value: Fraction) -> Decimal:
    """Returns the square root to 60 digits."""
    return decimal(value).sqrt()


def decimal(value: Fraction | Decimal | int) -> Decimal:
    """Returns a number to 60 digits."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(value)


def overlap(left: Classes, right: Classes, p: float, treatment: str) -> float:
    """Returns the extrapolated overlap by one of the treatments w, a and b."""
    short, long = sorted((left, right), key=lambda ranking: sum(map(len, ranking)))
    seen = {movie for members in short for movie in members}
    s, length = len(seen), sum(map(len, long))
    if not length:
        return 1.0
    if not s:
        return 0.0
    persistence = decimal(Fraction(p))
    total, assumed, common = Decimal(0), Decimal(0), Fraction(0)
    for depth in range(1, length + 1):
        in_long = contributions(long, depth, treatment)
        in_short = contributions(short, min(depth, s), treatment)
        common = sum((share * in_long.get(movie, 0) for movie, share in in_short.items()), Fraction(0))
        shared = decimal(common)
        if depth > s:
            unseen = [share for movie, share in in_long.items() if movie not in seen]
            shared += (depth - s) * assumed * decimal(sum(unseen, Fraction(0)) / len(unseen))
            in_short = {**in_short, **{("unseen", rank): Fraction(1) for rank in range(s, depth)}}
        match treatment:
            case "w":
                agreement = 2 * shared / decimal(sum(in_short.values()) + sum(in_long.values()))
            case "a":
                agreement = shared / depth
            case _:
                squares = [sum(share * share for share in side.values()) for side in (in_short, in_long)]
                agreement = shared / (root(squares[0]) * root(squares[1]))
        if depth == s:
            assumed = agreement
        total += agreement * persistence**depth
    rest = (decimal(common) + (length - s) * assumed) / length * persistence ** (length + 1) / (1 - persistence)
    return float((1 - persistence) / persistence * (total + rest))
