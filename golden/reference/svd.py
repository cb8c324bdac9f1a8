"""The first stage: item factors by expectation maximisation, fold-in of a new user, ranking.

The model is r = mu + bias_i + V_i · p + noise with p ~ N(0, I). All movies share a prior row (offset_spread, 0, …, 0),
so that the offset of a generous or a strict user is a direction of V; movies with few ratings stay near that row and
their bias near zero. The fold-in's regularisation is the noise variance, which makes it the posterior mean of p.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .data import Rating


@dataclass
class Settings:
    """Priors and length of the training."""

    factors: int = 64
    iterations: int = 15
    noise: float = 2.6
    factor_precision: float = 60.0
    bias_precision: float = 1.0
    offset_spread: float = 0.35


@dataclass
class SVD:
    """Item factors (movies × k, float32) with bias, mean and the fold-in's regularisation."""

    ids: list[str]
    factors: np.ndarray
    bias: np.ndarray
    mean: float
    regularisation: float

    def __post_init__(self) -> None:
        """Indexes the ids."""
        self.index = {movie: row for row, movie in enumerate(self.ids)}

    def fold_in(self, ratings: list[Rating]) -> np.ndarray | None:
        """Solves (V_Rᵀ V_R + reg·I) p = V_Rᵀ y in float64; None where the model knows none of the movies."""
        known = [(self.index[rating.movie], rating.value) for rating in ratings if rating.movie in self.index]
        if not known:
            return None
        rows = np.array([row for row, _ in known])
        values = np.array([value for _, value in known])
        matrix = self.factors[rows].astype(np.float64)
        target = values - self.mean - self.bias[rows].astype(np.float64)
        normal = matrix.T @ matrix + self.regularisation * np.eye(matrix.shape[1])
        return np.linalg.solve(normal, matrix.T @ target)

    def scores(
        self, user: np.ndarray, candidates: list[str], biased: bool = False
    ) -> list[tuple[str, np.float32]]:
        """Returns V_c · p of each known candidate in their order, computed in float64 and rounded to float32.

        The biased score is mu + bias_c + V_c · p.
        """
        known = [movie for movie in candidates if movie in self.index]
        if biased:
            return list(zip(known, self.predict(user, known).astype(np.float32), strict=True))
        rows = self.factors[[self.index[movie] for movie in known]].astype(np.float64)
        return list(zip(known, (rows @ user).astype(np.float32), strict=True))

    def predict(self, user: np.ndarray, movies: list[str]) -> np.ndarray:
        """Returns mu + bias + V · p, the rating expected for each movie."""
        rows = [self.index[movie] for movie in movies]
        return self.mean + self.bias[rows].astype(np.float64) + self.factors[rows].astype(np.float64) @ user

    def write(self, folder: Path) -> None:
        """Writes the bundle's `svd_5core` files."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "V.npy", np.ascontiguousarray(self.factors, dtype="<f4"))
        np.save(folder / "item_bias.npy", self.bias.astype("<f4"))
        # Numbers and strings, as exports of this service have mixed them.
        ids = [int(movie) if row % 2 else movie for row, movie in enumerate(self.ids)]
        (folder / "item_ids.json").write_text(json.dumps(ids) + "\n", encoding="utf-8")
        (folder / "global_mean.json").write_text(json.dumps({"mu": self.mean}) + "\n", encoding="utf-8")
        (folder / "lambda.json").write_text(json.dumps({"reg": self.regularisation}) + "\n", encoding="utf-8")

    @staticmethod
    def read(folder: Path) -> "SVD":
        """Reads the bundle's `svd_5core` files."""
        return SVD(
            ids=[str(movie) for movie in json.loads((folder / "item_ids.json").read_text())],
            factors=np.load(folder / "V.npy"),
            bias=np.load(folder / "item_bias.npy"),
            mean=json.loads((folder / "global_mean.json").read_text())["mu"],
            regularisation=json.loads((folder / "lambda.json").read_text())["reg"],
        )


def train(ids: list[str], users: list[list[Rating]], seed: int, settings: Settings) -> SVD:
    """Fits the factors to the users' ratings."""
    index = {movie: row for row, movie in enumerate(ids)}
    user_rows = np.concatenate([np.full(len(ratings), row) for row, ratings in enumerate(users)])
    item_rows = np.array([index[rating.movie] for ratings in users for rating in ratings])
    values = np.array([rating.value for ratings in users for rating in ratings])
    mean = round(float(values.mean()), 4)
    size = settings.factors
    rng = np.random.default_rng(seed)
    # Each item's row is its factors with its bias as a last column, around a common row.
    common = np.zeros(size + 1)
    common[0] = settings.offset_spread
    items = common + 0.1 * rng.standard_normal((len(ids), size + 1))
    items[:, size] = 0
    precision = np.full(size + 1, settings.factor_precision, dtype=np.float64)
    precision[size] = settings.bias_precision
    of_user = [np.flatnonzero(user_rows == row) for row in range(len(users))]
    order = np.argsort(item_rows, kind="stable")
    of_item = np.split(order, np.searchsorted(item_rows[order], np.arange(1, len(ids))))
    for _ in range(settings.iterations):
        moments = np.zeros((len(users), size + 1, size + 1))
        means = np.ones((len(users), size + 1))
        for row, positions in enumerate(of_user):
            matrix = items[item_rows[positions], :size]
            target = values[positions] - mean - items[item_rows[positions], size]
            covariance = np.linalg.inv(matrix.T @ matrix / settings.noise + np.eye(size))
            user = covariance @ (matrix.T @ target) / settings.noise
            means[row, :size] = user
            moments[row] = np.outer(means[row], means[row])
            moments[row, :size, :size] += covariance
        for row, positions in enumerate(of_item):
            raters = user_rows[positions]
            normal = moments[raters].sum(axis=0) + np.diag(precision)
            target = (values[positions] - mean) @ means[raters] + precision * common
            items[row] = np.linalg.solve(normal, target)
    return SVD(
        ids=list(ids),
        factors=items[:, :size].astype(np.float32),
        bias=items[:, size].astype(np.float32),
        mean=mean,
        regularisation=settings.noise,
    )


def rmse(errors: list[float] | np.ndarray) -> float:
    """Returns the root of the mean square."""
    return float(np.sqrt(np.mean(np.square(errors))))


class ItemMeans:
    """The baseline: each movie's mean rating in training, the overall mean where it has none."""

    def __init__(self, users: list[list[Rating]]):
        """Counts the ratings of training users."""
        sums: dict[str, list[float]] = {}
        for ratings in users:
            for rating in ratings:
                sums.setdefault(rating.movie, []).append(rating.value)
        self.overall = float(np.mean([value for values in sums.values() for value in values]))
        self.means = {movie: float(np.mean(values)) for movie, values in sums.items()}

    def predict(self, movie: str) -> float:
        """Returns the movie's mean."""
        return self.means.get(movie, self.overall)
