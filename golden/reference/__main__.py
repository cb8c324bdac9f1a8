"""One command: data, training, bundle, goldens. See README.md."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import svd, train_p5
from .beam_cases import demo_beam_cases
from .data import MovieLens, Rating, Session, read_ratings, split, write_catalogue, write_sessions
from .expectation_cases import expectation_cases
from .goldens import GOLDENS, golden_step, part_ties, soft_prompt_step
from .svd import SVD

STEPS = ("svd", "sessions", "backbone", "checkpoint", *GOLDENS, "soft-prompt", "cases", "measure")


def svd_step(
    data: MovieLens, training: dict[str, list[Rating]], sessions: list[Session], bundle: Path, seed: int
) -> None:
    """Trains and writes the factors, and measures them on the held-out ratings of the held-out users."""
    model = svd.train([movie.id for movie in data.movies], list(training.values()), seed, svd.Settings())
    model.write(bundle / "svd_5core")
    baseline = svd.ItemMeans(list(training.values()))
    errors, baseline_errors = [], []
    for session in sessions:
        user = model.fold_in(session.ratings)
        assert user is not None
        observed = np.array([rating.value for rating in session.test])
        movies = [rating.movie for rating in session.test]
        errors.extend(model.predict(user, movies) - observed)
        baseline_errors.extend(np.array([baseline.predict(movie) for movie in movies]) - observed)
    figures = {
        "held_out_ratings": len(errors),
        "svd_rmse": round(svd.rmse(errors), 4),
        "item_mean_rmse": round(svd.rmse(baseline_errors), 4),
    }
    print(json.dumps(figures))


def main() -> None:
    """Command line of the reference."""
    parser = argparse.ArgumentParser(prog="python -m reference", description=__doc__)
    parser.add_argument("--ratings", type=Path, required=True, help="movielens.csv or .csv.gz")
    parser.add_argument("--root", type=Path, default=Path(".."), help="top of the repository")
    parser.add_argument("--seed", type=int, default=20251030)
    parser.add_argument("--steps", default=",".join(STEPS), help="which of %(default)s to do")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    steps = arguments.steps.split(",")
    torch.set_num_threads(arguments.threads)
    bundle = arguments.root / "scenarios" / "bundle"
    scenarios, golden = arguments.root / "scenarios", arguments.root / "golden"
    data = read_ratings(arguments.ratings)
    training, sessions = split(data, arguments.seed)
    for step in STEPS:
        if step not in steps:
            continue
        began = time.monotonic()
        if step in ("sessions", *GOLDENS, "soft-prompt", "cases"):
            catalogue = [movie.id for movie in data.movies]
            part_ties(SVD.read(bundle / "svd_5core"), sessions, catalogue)
        if step == "sessions":
            write_sessions(sessions, scenarios / "sessions" / "demo.jsonl")
            write_catalogue(data.movies, scenarios / "catalogue.jsonl")
        elif step == "svd":
            svd_step(data, training, sessions, bundle, arguments.seed)
        elif step == "backbone":
            train_p5.backbone_step(training, bundle, arguments.seed, arguments.threads, train_p5.Settings())
        elif step == "checkpoint":
            train_p5.checkpoint_step(training, bundle, arguments.seed, arguments.threads, train_p5.Settings())
        elif step in GOLDENS:
            golden_step(
                GOLDENS[step], catalogue, sessions, scenarios, golden, arguments.seed, arguments.threads
            )
        elif step == "soft-prompt":
            soft_prompt_step(catalogue, sessions, scenarios, golden, arguments.seed, arguments.threads)
        elif step == "cases":
            cases = arguments.root / "Tests" / "Fixtures" / "p5"
            demo_beam_cases(cases / "beams-demo.json", scenarios, sessions, catalogue)
            expectation_cases(cases / "expected-demo.json", scenarios, sessions, catalogue)
        elif step == "measure":
            train_p5.measure(bundle, training, sessions)
        print(f"{step}: {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
