"""The rating prompt of P5 and the score in its answer."""

import re
from collections.abc import Iterable

READ_LIMIT = 50  # ratings that the service reads
HISTORY_LIMIT = 30  # of these, named in prompts
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def mapped(ratings: Iterable[tuple[str, float]], ids: dict[str, str]) -> list[tuple[str, float]]:
    """Returns the ratings with internal ids; those of movies without one are dropped."""
    return [(ids[movie], rating) for movie, rating in ratings if movie in ids]


def prompt_history(ratings: list[tuple[str, float]], ids: dict[str, str]) -> list[tuple[str, float]]:
    """Returns what prompts name of a session's ratings, newest first: the first 30, those of them that are mapped."""
    return mapped(ratings[:HISTORY_LIMIT], ids)


def rating_prompt(session_id: str, movie: str, history: Iterable[tuple[str, float]]) -> str:
    """Returns the prompt for the internal id `movie`.

    `history` is newest first and already mapped to internal ids; ratings are truncated to whole numbers.
    """
    items = ", ".join(f"movie_{rated}:{int(rating)}" for rated, rating in list(history)[:HISTORY_LIMIT])
    question = f"Which star rating will user_{session_id} give movie_{movie}? (0 to 10, precise decimal allowed)"
    return f"Previous ratings: {items}. {question}" if items else question


def score_of(text: str) -> float:
    """Returns the first number in the generated text, or -1 where there is none."""
    match = NUMBER.search(text)
    return float(match.group()) if match else -1.0
