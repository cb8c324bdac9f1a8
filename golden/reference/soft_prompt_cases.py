"""Soft-prompt cases of the tiny models: PEFT's losses, gradients and virtual tokens for a few made-up ratings."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from .compact import write_members
from .prompts import rating_prompt
from .soft_prompt import Example, Settings, SoftPrompt, rating_examples, shuffled
from .t5 import P5
from .tokenizer import Tokenizer

SESSION = "08a30d33-6669-4609-a1e5-f0369f502a37"
RATE = 0.02  # at which the virtual tokens of a random model move far enough to show a wrong step


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


def soft_prompt_case(
    folder: Path, checkpoint: Path | None, whole_word: bool, rng: np.random.Generator, name: str, settings: Settings
) -> None:
    """Writes what PEFT makes of eleven examples."""
    encoder = Tokenizer(folder / "spiece.model")
    examples = made_up_examples(encoder, SESSION, rng, 11)
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
    write_members(folder / name, case)


def session_case(folder: Path, checkpoint: Path, rng: np.random.Generator) -> None:
    """Writes what becomes of a session of 48 ratings, of whose first 30 every other movie has no internal id.

    So 33 ratings are mapped, 15 of the first 30: as many as an example's prompt names, whose history is cut before it
    is mapped. Examples are mapped before they are cut, and are 30. Short ids keep the question within the prompt.
    """
    encoder = Tokenizer(folder / "spiece.model")
    settings = Settings(virtual_tokens=6, rate=RATE, seed=7)
    ratings = [(f"film{place}", float(rng.integers(0, 21)) / 2) for place in range(48)]
    ids = {movie: str(place + 1) for place, (movie, _) in enumerate(ratings) if place >= 30 or place % 2 == 0}
    examples = rating_examples(encoder, SESSION, ratings, ids, settings)
    order = shuffled(len(examples), settings.seed)
    training = SoftPrompt(P5(folder, checkpoint), folder, settings).train([examples[place] for place in order])
    movies = {internal: movie for movie, internal in ids.items()}
    case = {
        "session_id": SESSION,
        "ratings": [{"movie_id": movie, "rating": rating} for movie, rating in ratings],
        "item2id": ids,
        "settings": asdict(settings),
        "films": [movies[example.movie] for example in examples],
        "targets": [example.target for example in examples],
        "first_prompt": examples[0].ids,
        "last_prompt": examples[-1].ids,
        "order": order,
        "losses": [float(f"{loss:.8g}") for loss in training.losses],
    }
    write_members(folder / "soft-prompt-session.json", case)


def soft_prompt_cases(folder: Path, seed: int) -> None:
    """Writes the cases of all tiny models."""
    rng = np.random.default_rng(seed)
    few = Settings(virtual_tokens=6, batch=4, rate=RATE, seed=7)
    name = "soft-prompt.json"
    soft_prompt_case(folder / "relu-tied", None, False, rng, name, few)
    soft_prompt_case(folder / "gated-gelu-untied", None, False, rng, name, few)
    merged, checkpoint = folder / "whole-word", folder / "whole-word" / "checkpoint.pth"
    soft_prompt_case(merged, checkpoint, False, rng, name, few)
    soft_prompt_case(merged, checkpoint, True, rng, "soft-prompt-whole-word.json", few)
    soft_prompt_case(merged, checkpoint, False, rng, "soft-prompt-40.json", Settings(rate=RATE, seed=7))
    session_case(merged, checkpoint, rng)
