"""Runs pieces of the service's Python path and times them, one at a time, for `scripts/bench`.

Reads one JSON object a line: `{"work": "svd", …}`, and answers each with one: `{"seconds", "cpu", "answers"}`. Models
stay loaded between lines, so that whoever asks can let the runs of two programs take turns. The work:

- `versions`: what this stands on, the threads of each program, and the programs that are not there;
- `make` (`path`, `bundle`): a random t5-small of 60 M parameters laid out as a bundle in `path`;
- `open_bundle` (`path`), `open_weights` (`path`: one file), `open_model` (`path`: a bundle): opening, nothing kept;
- `first_ranking` (`path`: a bundle, and as `p5` or, with `svd`: an SVD folder, as `svd`): opening and one ranking;
- `svd` (`path`: an SVD folder, `history`, `candidates`): fold-in and top 100;
- `p5` (`path`: a bundle, `prompts`, `batch`): one generated text a prompt;
- `soft_prompt` (as `p5`, and `examples`: pairs of a prompt and its rating): PEFT's training, then a text a prompt;
- `runtimes`: the names of the other programs that are installed, of `runtimes.py`;
- `runtime` (`name`, and as `p5`): the same by one of them;
- `memory`: the peak of this process's resident memory.
"""

import argparse
import functools
import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
from transformers import T5Config, T5ForConditionalGeneration

from . import runtimes, soft_prompt
from .datamaps import read_datamaps
from .fingerprints import versions
from .prompts import score_of
from .svd import SVD
from .t5 import P5, WHOLE_WORD_KEY, strip_prefix
from .tokenizer import PAD, Tokenizer

CHECKPOINT = "mvt_aug_epoch10.pth"
GREEDY = {"max_length": 6, "num_beams": 1, "do_sample": False, "use_cache": True}


def open_model(bundle: Path) -> T5ForConditionalGeneration:
    """Opens backbone and checkpoint as the service does."""
    model = T5ForConditionalGeneration.from_pretrained(bundle / "t5-small")
    state = strip_prefix(torch.load(bundle / "p5" / CHECKPOINT, map_location="cpu", weights_only=True))
    state.pop(WHOLE_WORD_KEY, None)
    model.load_state_dict(state, strict=False)
    return model.eval()


def open_bundle(bundle: Path) -> object:
    """Opens all of a bundle, stage by stage."""
    return (
        SVD.read(bundle / "svd_5core"),
        read_datamaps(bundle / "p5" / "datamaps.json"),
        Tokenizer(bundle / "t5-small" / "spiece.model"),
        open_model(bundle),
    )


def open_weights(path: Path) -> object:
    """Opens the weights of one file, whichever container it is."""
    if path.suffix == ".safetensors":
        return safetensors.torch.load_file(path)
    return torch.load(path, map_location="cpu", weights_only=True)


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


def second_stage(
    model: T5ForConditionalGeneration, encoder: Tokenizer, prompts: list[str], batch: int
) -> list[tuple[str, float]]:
    """Rates each prompt: padded batches, greedy `generate` with its cache."""
    rated = []
    for start in range(0, len(prompts), batch):
        ids, mask = padded(encoder, prompts[start : start + batch])
        with torch.inference_mode():
            output = model.generate(input_ids=ids, attention_mask=mask, **GREEDY)
        texts = [encoder.decode(sequence) for sequence in output.tolist()]
        rated += [(text, score_of(text)) for text in texts]
    return rated


def padded(encoder: Tokenizer, prompts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns the tokens of prompts, padded to the longest, and their mask."""
    encoded = [encoder.encode(prompt) for prompt in prompts]
    longest = max(map(len, encoded))
    ids = torch.tensor([prompt + [PAD] * (longest - len(prompt)) for prompt in encoded])
    return ids, torch.tensor([[1] * len(prompt) + [0] * (longest - len(prompt)) for prompt in encoded])


def first_ranking(path: Path, order: dict) -> list[str]:
    """Opens backbone, checkpoint, tokenizer and ids, and the SVD model where one is to rank; then ranks once."""
    model, encoder = open_model(path), Tokenizer(path / "t5-small" / "spiece.model")
    read_datamaps(path / "p5" / "datamaps.json")
    if "svd" in order:
        ranked = first_stage(SVD.read(Path(order["svd"])), order["history"], order["candidates"])
    else:
        ranked = second_stage(model, encoder, order["prompts"], order["batch"])
    return first_of_pairs(ranked)


def soft_prompt_stage(
    p5: P5, folder: Path, encoder: Tokenizer, examples: list[tuple[str, str]], prompts: list[str], batch: int
) -> list[tuple[str, float]]:
    """Trains virtual tokens on the examples with PEFT and rates each prompt behind them, with the decoder's cache."""
    settings = soft_prompt.Settings()
    tuned = soft_prompt.SoftPrompt(p5, folder, settings)
    shaped = [
        soft_prompt.Example("", encoder.encode(prompt), [], encoder.encode(rating, settings.target_length))
        for prompt, rating in examples
    ]
    tuned.train([shaped[place] for place in soft_prompt.shuffled(len(shaped), settings.seed)])
    virtual = tuned.prompt().detach()
    rated = []
    for start in range(0, len(prompts), batch):
        ids, mask = padded(encoder, prompts[start : start + batch])
        with torch.inference_mode():
            embedded = torch.cat((virtual.expand(len(ids), -1, -1), p5.model.get_input_embeddings()(ids)), dim=1)
            mask = torch.cat((mask.new_ones(len(ids), len(virtual)), mask), dim=1)
            output = p5.model.generate(inputs_embeds=embedded, attention_mask=mask, **GREEDY)
        texts = [encoder.decode(sequence) for sequence in output.tolist()]
        rated += [(text, score_of(text)) for text in texts]
    return rated


def make_random_t5_small(folder: Path, bundle: Path) -> None:
    """Writes a random t5-small with the bundle's pieces, as a backbone and as a checkpoint."""
    torch.manual_seed(7)
    backbone, checkpoint = folder / "t5-small", folder / "p5" / CHECKPOINT
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    model = T5ForConditionalGeneration(T5Config(decoder_start_token_id=0))
    model.save_pretrained(backbone, safe_serialization=True)
    shutil.copy(bundle / "t5-small" / "spiece.model", backbone / "spiece.model")
    shutil.copy(bundle / "p5" / "datamaps.json", checkpoint.parent / "datamaps.json")
    state = {f"module.{key}": value for key, value in model.state_dict().items()}
    state[f"module.{WHOLE_WORD_KEY}"] = torch.randn(512, model.config.d_model)
    # Renamed into place: the checkpoint's presence says that the model is complete.
    torch.save(state, checkpoint.with_suffix(".partial"))
    checkpoint.with_suffix(".partial").rename(checkpoint)


def peak_memory() -> int:
    """Returns the peak of resident memory in bytes; `ru_maxrss` may be the parent's on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def timed(work: Callable[[], object], answers: Callable[[object], list[str]] | None = None) -> dict[str, object]:
    """Runs `work` and returns its wall time, the processor time of all threads, and what it came to."""
    began, cpu_began = time.perf_counter(), time.process_time()
    result = work()
    figures: dict[str, object] = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu_began}
    if answers is not None:
        figures["answers"] = answers(result)
    return figures


class Worker:
    """Does one piece of work at a time and keeps the models that it needed."""

    def __init__(self, threads: int) -> None:
        """Starts with nothing loaded."""
        self.threads = threads
        self.svd = functools.lru_cache(maxsize=None)(SVD.read)
        self.model = functools.lru_cache(maxsize=None)(open_model)
        self.p5 = functools.lru_cache(maxsize=None)(P5)
        self.tokenizer = functools.lru_cache(maxsize=None)(Tokenizer)
        self.runtime = functools.lru_cache(maxsize=None)(self.open_runtime)

    def open_runtime(self, name: str, path: Path) -> runtimes.Generate:
        """Converts a bundle for one of the other programs, where that was not done, and opens it."""
        encoder = self.tokenizer(path / "t5-small" / "spiece.model")
        return runtimes.runtime(name, lambda: self.model(path), path, encoder, self.threads)

    def standing(self) -> dict[str, object]:
        """Returns versions, threads and what is missing."""
        threads = {"PyTorch": torch.get_num_threads()}
        here = runtimes.available()
        # Both are opened with these below: one operation at a time, on so many threads.
        if "ctranslate2" in here:
            threads["CTranslate2"] = self.threads
        if "onnxruntime" in here:
            threads["ONNX Runtime"] = self.threads
        return {"versions": versions() | runtimes.versions(), "threads": threads, "missing": runtimes.missing()}

    def do(self, order: dict) -> dict[str, object]:
        """Does the work that an order names."""
        path = Path(order["path"]) if "path" in order else Path()
        match order["work"]:
            case "versions":
                return self.standing()
            case "make":
                return timed(lambda: make_random_t5_small(path, Path(order["bundle"])))
            case "open_bundle":
                return timed(lambda: open_bundle(path))
            case "open_weights":
                return timed(lambda: open_weights(path))
            case "open_model":
                return timed(lambda: open_model(path))
            case "first_ranking":
                return timed(lambda: first_ranking(path, order), list)
            case "svd":
                model = self.svd(path)
                return timed(lambda: first_stage(model, order["history"], order["candidates"]), first_of_pairs)
            case "p5":
                model, encoder = self.model(path), self.tokenizer(path / "t5-small" / "spiece.model")
                return timed(lambda: second_stage(model, encoder, order["prompts"], order["batch"]), first_of_pairs)
            case "soft_prompt":
                folder = path / "t5-small"
                p5, encoder = self.p5(folder, path / "p5" / CHECKPOINT), self.tokenizer(folder / "spiece.model")
                examples = [(prompt, rating) for prompt, rating in order["examples"]]
                return timed(
                    lambda: soft_prompt_stage(p5, folder, encoder, examples, order["prompts"], order["batch"]),
                    first_of_pairs,
                )
            case "runtimes":
                return {"names": runtimes.available()}
            case "runtime":
                generate = self.runtime(order["name"], path)
                return timed(lambda: generate(order["prompts"], order["batch"]), list)
            case "memory":
                return {"bytes": peak_memory()}
            case other:
                raise ValueError(f"{other!r} is no work that is known here")


def first_of_pairs(pairs: object) -> list[str]:
    """Returns the first of each pair."""
    assert isinstance(pairs, list)
    return [first for first, _ in pairs]


def main() -> None:
    """Command line: takes orders on standard input until that ends."""
    parser = argparse.ArgumentParser(prog="python -m reference.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    threads = parser.parse_args().threads
    torch.set_num_threads(threads)
    # Whatever a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    worker = Worker(threads)
    for line in sys.stdin:
        print(json.dumps(worker.do(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
