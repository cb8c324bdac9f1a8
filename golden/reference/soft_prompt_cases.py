"""Soft-prompt cases of the tiny models: PEFT's losses, gradients and virtual tokens for a few made-up ratings."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from .prompts import rating_prompt
from .soft_prompt import Example, Settings, SoftPrompt, shuffled
from .t5 import P5
from .tokenizer import Tokenizer


def made_up_examples(encoder: Tokenizer, session: str, rng: np.random.Generator, count: int) -> list[Example]:
    """Returns examples of one session, whose histories grow so that a batch needs padding."""
    history = [(str(rng.integers(1000, 10000)), float(rng.integers(0, 11))) for _ in range(count)]
    examples = []
    for place, (movie, rating) in enumerate(history):
        ids = encoder.encode(rating_prompt(session, movie, history[: place % 4]))
        # Targets of different lengths: a rating of several digits is as good an example as one that occurs.
        target = encoder.encode(str(int(rating) * 10 ** (place % 3)), 8)
        examples.append(Example(movie, ids, encoder.whole_words(ids), target))
    return examples


def rounded(tensor: torch.Tensor) -> list[list[float]]:
    """Returns a matrix with eight significant digits, as many as a float32 has."""
    return [[float(f"{value:.8g}") for value in row] for row in tensor.tolist()]


def soft_prompt_case(folder: Path, checkpoint: Path | None, whole_word: bool, rng: np.random.Generator) -> None:
    """Writes what PEFT makes of eleven examples in batches of four behind six virtual tokens."""
    encoder = Tokenizer(folder / "spiece.model")
    # A rate at which the virtual tokens of a random model move far enough to show a wrong step.
    settings = Settings(virtual_tokens=6, batch=4, rate=0.02, clip=1.0, seed=7)
    examples = made_up_examples(encoder, "08a30d33-6669-4609-a1e5-f0369f502a37", rng, 11)
    order = shuffled(len(examples), settings.seed)
    soft = SoftPrompt(P5(folder, checkpoint), folder, settings)
    training = soft.train([examples[place] for place in order], whole_word)
    words = [example.words for example in examples] if whole_word else None
    generated = soft.generate([example.ids for example in examples], words)
    case = {
        "whole_word_embeddings": whole_word,
        "settings": asdict(settings),
        "examples": [{"ids": e.ids, "whole_words": e.words, "target": e.target} for e in examples],
        "order": order,
        "losses": [float(f"{loss:.8g}") for loss in training.losses],
        "first_gradient": rounded(training.first_gradient),
        "prompt": rounded(training.prompt),
        "tokens": [generation.tokens for generation in generated],
        "gaps": [round(min(generation.gaps), 6) for generation in generated],
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in case.items()]
    name = "soft-prompt-whole-word.json" if whole_word else "soft-prompt.json"
    (folder / name).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def soft_prompt_cases(folder: Path, seed: int) -> None:
    """Writes the cases of all tiny models."""
    rng = np.random.default_rng(seed)
    soft_prompt_case(folder / "relu-tied", None, False, rng)
    soft_prompt_case(folder / "gated-gelu-untied", None, False, rng)
    for whole_word in (False, True):
        soft_prompt_case(folder / "whole-word", folder / "whole-word" / "checkpoint.pth", whole_word, rng)
