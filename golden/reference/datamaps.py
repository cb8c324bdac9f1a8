"""Internal ids of P5: collaborative indexing, four digits that carry meaning.

The first two digits rank a movie by the quality the first stage gives it, the last two by its place along the main
direction in which tastes differ, within movies of like quality. So the model can read a movie it has hardly seen.
"""

import json
from pathlib import Path

import numpy as np

from .svd import SVD

UNMAPPED_SHARE = 0.02


def collaborative_ids(model: SVD, seed: int) -> dict[str, str]:
    """Returns the internal id of each mapped movie; about 2 % of the movies get none."""
    rng = np.random.default_rng(seed + 1)
    mapped = np.flatnonzero(rng.random(len(model.ids)) >= UNMAPPED_SHARE)
    factors = model.factors[mapped].astype(np.float64)
    factors -= factors.mean(axis=0)
    taste = factors @ np.linalg.svd(factors, full_matrices=False)[2][0]
    by_quality = mapped[np.argsort(model.bias[mapped], kind="stable")]
    taste_of = dict(zip(mapped.tolist(), taste.tolist(), strict=True))
    ids: dict[str, str] = {}
    for quality, bucket in enumerate(np.array_split(by_quality, 100)):
        for place, row in enumerate(sorted(bucket.tolist(), key=taste_of.__getitem__)):
            ids[model.ids[row]] = f"{quality:02d}{place * 100 // len(bucket):02d}"
    assert len(set(ids.values())) == len(ids)
    return ids


def write_datamaps(ids: dict[str, str], path: Path) -> None:
    """Writes `datamaps.json` in the order of the catalogue."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"item2id": ids}) + "\n", encoding="utf-8")


def read_datamaps(path: Path) -> dict[str, str]:
    """Reads `item2id`."""
    return json.loads(path.read_text(encoding="utf-8"))["item2id"]
