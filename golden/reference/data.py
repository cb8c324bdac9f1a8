"""The MovieLens ratings: reading, the split by users, the recorded sessions and the catalogue."""

import csv
import gzip
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

HELD_OUT_USERS = 40
LEAST_RATINGS = 40  # of a held-out user, so that enough remain for the test


@dataclass(frozen=True)
class Rating:
    """One rating on the service's scale, 0 to 10."""

    movie: str
    value: float
    time: int


@dataclass(frozen=True)
class Movie:
    """One movie of the catalogue."""

    id: str
    title: str
    year: int | None
    genre: str | None


@dataclass
class MovieLens:
    """All movies in the order of their ids, and each user's ratings in time order."""

    movies: list[Movie]
    users: dict[str, list[Rating]]


@dataclass
class Session:
    """A recorded session of a held-out user, with that user's later ratings as the test."""

    id: str
    ratings: list[Rating]
    phase1_movies: list[str]
    test: list[Rating] = field(default_factory=list)

    def newest_first(self) -> list[Rating]:
        """Returns the ratings as the service reads them."""
        return sorted(self.ratings, key=lambda rating: rating.time, reverse=True)


def read_ratings(path: Path) -> MovieLens:
    """Reads the CSV of `write.csv(dslabs::movielens)`, plain or gzipped; ratings are doubled to 0 to 10."""
    movies: dict[str, Movie] = {}
    users: dict[str, list[Rating]] = {}
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            movie = row["movieId"]
            if movie not in movies:
                title, year, genre = row["title"], row["year"], row["genres"]
                movies[movie] = Movie(
                    id=movie,
                    title="Untitled" if title == "NA" else title,
                    year=None if year == "NA" else int(year),
                    genre=None if genre in ("NA", "(no genres listed)") else genre,
                )
            rating = Rating(movie, 2 * float(row["rating"]), int(row["timestamp"]))
            users.setdefault(row["userId"], []).append(rating)
    for ratings in users.values():
        ratings.sort(key=lambda rating: rating.time)
    ordered = sorted(movies.values(), key=lambda movie: int(movie.id))
    return MovieLens(movies=ordered, users=dict(sorted(users.items(), key=lambda item: int(item[0]))))


def split(data: MovieLens, seed: int) -> tuple[dict[str, list[Rating]], list[Session]]:
    """Keeps 40 users out of all training and makes each one's first 13 to 15 ratings a recorded session.

    A session's times increase strictly: equal seconds are moved on by one.
    """
    rng = np.random.default_rng(seed)
    eligible = [user for user, ratings in data.users.items() if len(ratings) >= LEAST_RATINGS]
    held_out = sorted(rng.choice(eligible, HELD_OUT_USERS, replace=False).tolist(), key=int)
    training = {user: ratings for user, ratings in data.users.items() if user not in set(held_out)}
    counts: dict[str, int] = {}
    for ratings in training.values():
        for rating in ratings:
            counts[rating.movie] = counts.get(rating.movie, 0) + 1
    popular = sorted(counts, key=lambda movie: -counts[movie])[:300]
    sessions = []
    for user in held_out:
        ratings = data.users[user]
        length = int(rng.integers(13, 16))
        recorded: list[Rating] = []
        for rating in ratings[:length]:
            time = max(rating.time, recorded[-1].time + 1) if recorded else rating.time
            recorded.append(Rating(rating.movie, rating.value, time))
        rated = {rating.movie for rating in ratings}
        unrated = [movie for movie in popular if movie not in rated]
        shown = rng.choice(unrated, int(rng.integers(4, 10)), replace=False).tolist()
        phase1 = [rating.movie for rating in recorded] + shown
        rng.shuffle(phase1)
        identifier = session_id(seed, user)
        sessions.append(Session(identifier, recorded, phase1, test=ratings[length:]))
    return training, sessions


def session_id(seed: int, user: str) -> str:
    """Returns a UUID for a user in which no character stands three times in a row.

    "999" as 9-99 and as 99-9 is a tie for any unigram tokenizer, which versions of SentencePiece break differently.
    """
    attempt = 0
    while True:
        identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, f"coldstart/demo/{seed}/{user}/{attempt}"))
        if not any(identifier[at] * 3 == identifier[at : at + 3] for at in range(len(identifier) - 2)):
            return identifier
        attempt += 1


def written_time(seconds: int, style: int) -> object:
    """Returns a time in one of the spellings that readers meet: ISO 8601 in three forms, or Unix seconds."""
    moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return [f"{moment}Z", seconds, f"{moment}.000Z", f"{moment}+00:00"][style]


def write_sessions(sessions: list[Session], path: Path) -> None:
    """Writes one session a line; spellings of times and ids change from session to session."""
    styles = [0, 1, 0, 0, 1, 2, 0, 1, 0, 3]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for index, session in enumerate(sessions):
            spelled = int if index % 3 == 2 else str
            record = {
                "session_id": session.id,
                "phase": "recommendation",
                "ratings": [
                    {
                        "movie_id": spelled(rating.movie),
                        "rating": int(rating.value) if rating.value == int(rating.value) else rating.value,
                        "created_at": written_time(rating.time, styles[index % len(styles)]),
                    }
                    for rating in session.ratings
                ],
                "phase1_movies": [spelled(movie) if index % 4 else str(movie) for movie in session.phase1_movies],
            }
            file.write(json.dumps(record) + "\n")


def write_catalogue(movies: list[Movie], path: Path) -> None:
    """Writes one movie a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for movie in movies:
            record = {"id": movie.id, "title": movie.title, "year": movie.year, "genre": movie.genre}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
