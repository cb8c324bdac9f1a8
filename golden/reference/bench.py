"""Times the Python path of the service: opening the bundle, the first stage over N films, P5 over 100 candidates.

Prints one JSON object with median seconds. `--random-t5-small DIR` makes (once) a random t5-small of 60 M parameters in
DIR, laid out as a bundle's `t5-small/` and `p5/`, and times it as well.
"""

import argparse
import json
import resource
import shutil
import statistics
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from transformers import T5Config, T5ForConditionalGeneration

from .datamaps import read_datamaps
from .fingerprints import versions
from .prompts import rating_prompt, score_of
from .svd import SVD
from .t5 import WHOLE_WORD_KEY, strip_prefix
from .tokenizer import PAD, Tokenizer

CHECKPOINT = "mvt_aug_epoch10.pth"
BATCHES = (16, 50, 100)


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Returns the median wall time of `work` after one run that does not count."""
    work()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return round(statistics.median(times), 6)


def open_model(backbone: Path, checkpoint: Path) -> T5ForConditionalGeneration:
    """Opens backbone and checkpoint as the service does."""
    model = T5ForConditionalGeneration.from_pretrained(backbone)
    state = strip_prefix(torch.load(checkpoint, map_location="cpu", weights_only=True))
    state.pop(WHOLE_WORD_KEY, None)
    model.load_state_dict(state, strict=False)
    return model.eval()


def user_vector(model: SVD, history: list[dict]) -> np.ndarray:
    """Solves the fold-in in float32, as the service does."""
    rows, values = [], []
    for rating in history:
        movie = str(rating["movie_id"])
        if movie in model.index:
            row = model.index[movie]
            rows.append(row)
            values.append(float(rating["rating"]) - model.mean - float(model.bias[row]))
    matrix = model.factors[rows]
    normal = matrix.T @ matrix + model.regularisation * np.eye(matrix.shape[1], dtype=np.float32)
    return np.linalg.solve(normal, matrix.T @ np.array(values, dtype=np.float32))


def first_stage(model: SVD, history: list[dict], candidates: list[str]) -> list[tuple[str, float]]:
    """Scores candidate by candidate in a Python loop and sorts the pairs, as the service does."""
    user = user_vector(model, history)
    scored = []
    for movie in candidates:
        row = model.index.get(str(movie))
        if row is not None:
            scored.append((movie, float(model.factors[row] @ user)))
    return sorted(scored, key=lambda pair: pair[1], reverse=True)[:100]


def second_stage(model: T5ForConditionalGeneration, encoder: Tokenizer, prompts: list[str], batch: int) -> list[float]:
    """Rates each prompt: padded batches, greedy `generate` with its cache."""
    scores = []
    for start in range(0, len(prompts), batch):
        encoded = [encoder.encode(prompt) for prompt in prompts[start : start + batch]]
        longest = max(map(len, encoded))
        ids = torch.tensor([prompt + [PAD] * (longest - len(prompt)) for prompt in encoded])
        mask = torch.tensor([[1] * len(prompt) + [0] * (longest - len(prompt)) for prompt in encoded])
        with torch.inference_mode():
            output = model.generate(
                input_ids=ids, attention_mask=mask, max_length=6, num_beams=1, do_sample=False, use_cache=True
            )
        scores += [score_of(encoder.decode(sequence)) for sequence in output.tolist()]
    return scores


def make_random_t5_small(folder: Path, bundle: Path) -> None:
    """Writes a random t5-small with the bundle's pieces, as a backbone and as a checkpoint."""
    torch.manual_seed(7)
    backbone, checkpoint = folder / "t5-small", folder / "p5" / CHECKPOINT
    if checkpoint.exists():
        return
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    model = T5ForConditionalGeneration(T5Config(decoder_start_token_id=0))
    model.save_pretrained(backbone, safe_serialization=True)
    shutil.copy(bundle / "t5-small" / "spiece.model", backbone / "spiece.model")
    shutil.copy(bundle / "p5" / "datamaps.json", checkpoint.parent / "datamaps.json")
    if (bundle / "svd_5core").exists():
        shutil.copytree(bundle / "svd_5core", folder / "svd_5core", dirs_exist_ok=True)
    state = {f"module.{key}": value for key, value in model.state_dict().items()}
    state[f"module.{WHOLE_WORD_KEY}"] = torch.randn(512, model.config.d_model)
    torch.save(state, checkpoint)


def example_prompts(ids: list[str], history: int) -> list[str]:
    """Returns 100 prompts of one session with that many history items."""
    rng = np.random.default_rng(3)
    session = str(uuid.uuid5(uuid.NAMESPACE_URL, "coldstart/bench"))
    rated = [(ids[int(rng.integers(len(ids)))], float(rng.integers(0, 11))) for _ in range(history)]
    return [rating_prompt(session, ids[int(row)], rated) for row in rng.choice(len(ids), 100, replace=False)]


def bench_p5(folder: Path, ids: list[str], history: int, repeats: int) -> dict[str, object]:
    """Times opening a model and P5 over 100 candidates."""
    backbone, checkpoint = folder / "t5-small", folder / "p5" / CHECKPOINT
    figures: dict[str, object] = {"open_seconds": median_seconds(lambda: open_model(backbone, checkpoint), repeats)}
    model, encoder = open_model(backbone, checkpoint), Tokenizer(backbone / "spiece.model")
    prompts = example_prompts(ids, history)
    figures["parameters"] = sum(weight.numel() for weight in model.parameters())
    figures["tokens_a_prompt"] = round(statistics.mean(len(encoder.encode(prompt)) for prompt in prompts), 1)
    by_batch = {}
    for batch in BATCHES:

        def work(batch: int = batch) -> object:
            return second_stage(model, encoder, prompts, batch)

        by_batch[str(batch)] = median_seconds(work, repeats)
    figures["p5_100_candidates_seconds"] = by_batch
    figures["p5_100_candidates_best_seconds"] = min(by_batch.values())
    return figures


def bench_svd(model: SVD, size: int, repeats: int) -> float:
    """Times fold-in and top 100 over `size` films: the model's own, repeated with noise beyond them."""
    rng = np.random.default_rng(5)
    copies = -(-size // len(model.ids))
    factors = np.tile(model.factors, (copies, 1))[:size]
    factors = factors + rng.standard_normal(factors.shape, dtype=np.float32) * np.float32(0.01)
    ids = [str(row) for row in range(size)]
    large = SVD(ids, factors, np.tile(model.bias, copies)[:size], model.mean, model.regularisation)
    history = [{"movie_id": int(row), "rating": int(rng.integers(1, 11))} for row in rng.choice(size, 15)]
    return median_seconds(lambda: first_stage(large, history, ids), repeats)


def main() -> None:
    """Command line of the timings."""
    parser = argparse.ArgumentParser(prog="python -m reference.bench", description=__doc__)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--random-t5-small", type=Path, metavar="DIR")
    parser.add_argument("--make-only", action="store_true", help="make the random t5-small and stop")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.random_t5_small:
        make_random_t5_small(arguments.random_t5_small, arguments.bundle)
    if arguments.make_only:
        return
    repeats = arguments.repeats
    ids = list(read_datamaps(arguments.bundle / "p5" / "datamaps.json").values())
    model = SVD.read(arguments.bundle / "svd_5core")
    figures: dict[str, object] = {
        "schemaVersion": 1,
        "threads": arguments.threads,
        "repeats": repeats,
        "versions": versions(),
        "svd_open_seconds": median_seconds(lambda: SVD.read(arguments.bundle / "svd_5core"), repeats),
        "svd_top100_seconds": {str(size): bench_svd(model, size, repeats) for size in (9066, 100_000)},
        "demo": bench_p5(arguments.bundle, ids, 15, repeats),
    }
    if arguments.random_t5_small:
        figures["t5_small"] = bench_p5(arguments.random_t5_small, ids, 20, max(1, min(3, repeats)))
    figures["peak_memory_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
